package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.Counted;
import io.bodybroker.proof.v1.Tally;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.idempotency.IdempotentEvent;
import io.bodybroker.sdk.store.Store;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Counts events, as a service would that must count each once. That it was counted is a number in a
 * document; a number that is there twice was counted twice.
 */
final class Counting {
  /** The bucket of the documents. */
  static final String STORE = "tallies";

  /** Soon, so that a proof does not last for hours; everything else is as it is by default. */
  static final ConsumerSpec<Counted> CONSUMER =
      ConsumerSpec.builder("counting", Counted.getDefaultInstance())
          .ackWait(Duration.ofSeconds(5))
          .backoff(Duration.ofMillis(50), Duration.ofMillis(500))
          .build();

  /** So many that two events are seldom at work on one document. */
  private static final int DOCUMENTS = 2000;

  /** How well the handler works. */
  enum Health {
    /** Poison is poison. */
    SOUND,
    /** It refuses everything, as after a deployment that was none too good. */
    BROKEN,
    /** It takes everything. */
    MENDED
  }

  private final Store<Tally> tallies;
  private final InstantSource clock;
  private final Health health;

  Counting(Store<Tally> tallies, InstantSource clock, Health health) {
    this.tallies = tallies;
    this.clock = clock;
    this.health = health;
  }

  void count(Counted event, Delivery delivery) {
    switch (health) {
      case SOUND -> refusePoison(event.getNumber());
      case BROKEN -> throw ServiceException.of(ErrorCode.FAILED_PRECONDITION, "not mended yet");
      case MENDED -> {}
    }
    var once = IdempotentEvent.of(delivery);
    tallies.update(
        "tally/" + event.getNumber() % DOCUMENTS,
        old -> {
          Tally tally = old.orElse(Tally.getDefaultInstance());
          return once.isApplied(tally.getApplied())
              ? tally
              : tally.toBuilder()
                  .addNumbers(event.getNumber())
                  .setApplied(once.remember(tally.getApplied(), clock.instant()))
                  .build();
        });
  }

  private static void refusePoison(long number) {
    switch (Fate.of(number)) {
      case APPLIED -> {}
      case REFUSED -> throw ServiceException.of(ErrorCode.INVALID_ARGUMENT, "poison " + number);
      case UNDECODABLE, FAILING -> throw new IllegalStateException("poison " + number);
    }
  }
}
