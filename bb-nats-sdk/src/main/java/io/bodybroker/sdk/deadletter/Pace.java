package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.internal.ClientErrors;
import java.util.concurrent.TimeUnit;

/** Lets so many through a second, evenly. For one thread. */
final class Pace {
  private final long gapNanos;
  private long nextNanos = System.nanoTime();

  /**
   * @param perSecond 0 for no limit
   */
  Pace(int perSecond) {
    this.gapNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Returns when it is the next one's turn; also when interrupted, with {@code CANCELLED}. */
  void await() {
    try {
      long wait = nextNanos - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      } else if (Thread.interrupted()) {
        throw new InterruptedException("between two letters");
      }
      nextNanos = Math.max(nextNanos, System.nanoTime()) + gapNanos;
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("redriving", false, e);
    }
  }
}
