package io.bodybroker.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadsTest {
  private static final long SHORT = Duration.ofMillis(100).toNanos();

  private interface Begin {
    CompletionStage<?> begin();
  }

  /** Waits for its answer if it is called so. */
  private static Target target(Begin begin) {
    return new Target() {
      @Override
      public void call() throws Exception {
        begin.begin().toCompletableFuture().get();
      }

      @Override
      public CompletionStage<?> begin() {
        return begin.begin();
      }
    };
  }

  /** Every other call fails. */
  private static Target unreliable() {
    var calls = new AtomicInteger();
    return target(() ->
        CompletableFuture.supplyAsync(() -> {
          if (calls.getAndIncrement() % 2 == 0) {
            throw new IllegalStateException("no");
          }
          return "yes";
        }));
  }

  @Test
  void anOpenLoadCountsFromWhenACallWasDue() throws Exception {
    long stall = Duration.ofMillis(200).toNanos();
    long begin = System.nanoTime();
    var target =
        target(() -> {
          while (begin + stall - System.nanoTime() > 0) {
            LockSupport.parkNanos(begin + stall - System.nanoTime());
          }
          return CompletableFuture.completedFuture("");
        });
    var done = Loads.open(target, 500, 2 * stall);
    assertThat(done.calls()).isEqualTo(200);
    assertThat(done.errors()).isZero();
    // One of each two milliseconds of the stall, the first of which waited for all of it.
    assertThat(done.latency().getMaxValue()).isGreaterThan(Duration.ofMillis(150).toNanos());
    assertThat(
            done.latency()
                .getCountBetweenValues(
                    Duration.ofMillis(50).toNanos(), Duration.ofMinutes(1).toNanos()))
        .isGreaterThan(60);
    assertThat(done.latency().getMinValue()).isLessThan(Duration.ofMillis(50).toNanos());
  }

  @Test
  void callersWhoWaitCountErrorsApart() throws Exception {
    var done = Loads.blocking(unreliable(), 4, SHORT);
    assertThat(done.errors()).isPositive();
    assertThat(done.calls()).isPositive().isEqualTo(done.latency().getTotalCount());
  }

  @Test
  void callsUnderWayCountErrorsApart() throws Exception {
    var done = Loads.async(unreliable(), 4, SHORT);
    assertThat(done.errors()).isPositive();
    assertThat(done.calls()).isPositive().isEqualTo(done.latency().getTotalCount());
  }

  @Test
  void endsThoughEveryCallFailsAtOnce() throws Exception {
    var failing = target(() -> CompletableFuture.failedFuture(new IllegalStateException("no")));
    var done = Loads.async(failing, 4, SHORT);
    assertThat(done.errors()).isPositive();
    assertThat(done.calls()).isZero();
  }

  @Test
  void endsThoughNoCallCanBeBegun() throws Exception {
    var throwing =
        target(() -> {
          throw new IllegalStateException("no");
        });
    var done = Loads.async(throwing, 4, SHORT);
    assertThat(done.errors()).isPositive();
    assertThat(done.calls()).isZero();
  }
}
