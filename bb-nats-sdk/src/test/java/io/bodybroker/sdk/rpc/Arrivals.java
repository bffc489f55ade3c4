package io.bodybroker.sdk.rpc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts what reaches a service, by tenths of a second. Thread-safe. */
final class Arrivals {
  private static final long TENTH = Duration.ofMillis(100).toNanos();

  private final long begin = System.nanoTime();
  private final AtomicIntegerArray counts = new AtomicIntegerArray(6_000);

  void add() {
    counts.incrementAndGet(now());
  }

  /** Which tenth it is. */
  int now() {
    return (int) Math.min(counts.length() - 1, (System.nanoTime() - begin) / TENTH);
  }

  /** The most that came in one of these tenths, the last one excluded. */
  int peak(int from, int to) {
    int peak = 0;
    for (int tenth = from; tenth < to; tenth++) {
      peak = Math.max(peak, counts.get(tenth));
    }
    return peak;
  }

  /** How many came in all of these tenths, the last one excluded. */
  int sum(int from, int to) {
    int sum = 0;
    for (int tenth = from; tenth < to; tenth++) {
      sum += counts.get(tenth);
    }
    return sum;
  }
}
