package io.bodybroker.sdk.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the least to the greatest wait, of which
 * a random half is waited for sure, so that callers that failed together do not return together.
 */
record Backoff(Duration least, Duration greatest, RandomGenerator random) {
  /**
   * @param failures attempts that have failed, from 1
   */
  long nanos(int failures) {
    long doubled = least.toNanos() << Math.min(failures - 1, 20);
    long cap = Math.min(doubled, greatest.toNanos());
    return cap / 2 + random.nextLong(cap / 2 + 1);
  }
}
