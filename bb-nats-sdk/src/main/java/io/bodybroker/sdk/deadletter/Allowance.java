package io.bodybroker.sdk.deadletter;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many a second on the average, and so many at once after a rest (generic cell rate algorithm).
 * Thread-safe; asking costs some nanoseconds.
 */
final class Allowance {
  private final long gapNanos;
  private final long aheadNanos;
  private final AtomicLong spentUntil = new AtomicLong(System.nanoTime());

  /**
   * @param perSecond on the average, 1 or more
   * @param rest what was not taken in so long may be taken at once
   */
  Allowance(int perSecond, Duration rest) {
    this.gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.aheadNanos = rest.toNanos();
  }

  /** Takes one, if one is left. */
  boolean take() {
    long now = System.nanoTime();
    while (true) {
      long spent = spentUntil.get();
      long from = spent - now < 0 ? now : spent;
      if (from + gapNanos - now > aheadNanos) {
        return false;
      }
      if (spentUntil.compareAndSet(spent, from + gapNanos)) {
        return true;
      }
    }
  }
}
