package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody looks as long as anybody waits, whatever happens on the way. */
class DeadlineWatchTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final class Waiters implements DeadlineWatch.Waits {
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean fails;

    @Override
    public boolean any() {
      return count.get() > 0;
    }

    @Override
    public void wakeOverdue() {
      looks.incrementAndGet();
      if (fails) {
        throw new OutOfMemoryError("on purpose");
      }
    }
  }

  private final Waiters waiters = new Waiters();
  private final DeadlineWatch watch = new DeadlineWatch(waiters);

  private void awaitLooks(int more) {
    int before = waiters.looks.get();
    Await.until(BOUND, "looks", () -> waiters.looks.get() >= before + more);
  }

  @Test
  void looksAgainAndAgainWhileAnybodyWaits() {
    waiters.count.incrementAndGet();
    watch.begin();
    watch.begin();

    awaitLooks(30);
  }

  @Test
  void restsWhenNobodyWaitsAndBeginsAgain() {
    watch.begin();
    Await.until(BOUND, "it to rest", () -> !watch.isLooking());

    waiters.count.incrementAndGet();
    watch.begin();

    awaitLooks(3);
  }

  @Test
  void beginsAgainAfterAFailure() {
    waiters.count.incrementAndGet();
    waiters.fails = true;
    watch.begin();
    awaitLooks(1);
    waiters.fails = false;

    Await.until(
        BOUND,
        "looks after the failure",
        () -> {
          watch.begin();
          return waiters.looks.get() > 3;
        });
    assertThat(waiters.count).hasValue(1);
  }
}
