package io.bodybroker.sdk.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only rises. Thread-safe, and cheap under contention. */
public final class Counter implements Series {
  private final LongAdder count = new LongAdder();

  Counter() {}

  /** Adds one. */
  public void increment() {
    count.increment();
  }

  /**
   * Adds several.
   *
   * @param amount 0 or more
   */
  public void add(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("amount: " + amount + " (expected: 0 or more)");
    }
    count.add(amount);
  }

  /** How much was added since the start. */
  public long count() {
    return count.sum();
  }
}
