package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.stream.Retention;
import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamSpec;
import java.time.Duration;
import java.util.List;

/** The streams that dead letters need; every process with the SDK knows them. */
public final class DeadLetterStreams implements StreamCatalog.Provider {
  /** What the server calls it when an event has been delivered as often as it may. */
  public static final String MAX_DELIVERIES = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.";

  private static final Duration A_MONTH = Duration.ofDays(30);

  /** An event that is delivered again after the longest ack wait is still the same letter. */
  private static final Duration REMEMBERED = Duration.ofMinutes(65);

  /**
   * The queue. It refuses what it has no room for instead of forgetting the oldest, so that nothing
   * leaves it but by age or by an operator's hand.
   */
  public static final StreamSpec QUEUE =
      StreamSpec.builder("DLQ", "dlq.>")
          .maxAge(A_MONTH)
          .maxBytes(1L << 30)
          .duplicateWindow(REMEMBERED)
          .build();

  /**
   * What the server tells of events that ended every process that tried them: sent once, to whoever
   * listens, so it is kept until a dead letter has been made of it.
   */
  public static final StreamSpec ADVISORIES =
      StreamSpec.builder("DLQ_ADVISORIES", MAX_DELIVERIES + ">")
          .retention(Retention.WORK_QUEUE)
          .maxAge(A_MONTH)
          .build();

  @Override
  public List<StreamSpec> streams() {
    return List.of(QUEUE, ADVISORIES);
  }
}
