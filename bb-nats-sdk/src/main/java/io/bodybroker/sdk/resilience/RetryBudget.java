package io.bodybroker.sdk.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps retries from amplifying an outage: a bucket of tokens for each target, after gRPC's retry
 * throttling (proposal A6).
 *
 * <p>A failed attempt takes a token, an answered one gives back a tenth. While no more than half of
 * the tokens are left, nothing is retried: in a total outage, callers soon send each request once.
 * Thread-safe.
 */
final class RetryBudget {
  /** Counted in tenths of a token, so that giving back a tenth is exact. */
  private static final int TOKEN = 10;

  private final int most;
  private final AtomicInteger tenths;

  RetryBudget(int tokens) {
    this.most = tokens * TOKEN;
    this.tenths = new AtomicInteger(most);
  }

  void answered() {
    // Nearly always full already: reading is cheaper than contending for a write.
    if (tenths.get() < most) {
      tenths.updateAndGet(left -> Math.min(most, left + 1));
    }
  }

  /** Returns whether another attempt is within the budget. */
  boolean failed() {
    return tenths.updateAndGet(left -> Math.max(0, left - TOKEN)) > most / 2;
  }
}
