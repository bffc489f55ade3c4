package io.bodybroker.sdk.rpc;

import java.time.Duration;

/** Moments of {@link System#nanoTime()} until which something may last. */
final class Deadlines {
  /** A century: as good as no end, and short enough for differences of moments not to overflow. */
  static final Duration NEVER = Duration.ofDays(36_500);

  private Deadlines() {}

  static long after(Duration timeout) {
    return System.nanoTime() + (timeout.compareTo(NEVER) < 0 ? timeout : NEVER).toNanos();
  }

  static Duration left(long deadlineNanos) {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }
}
