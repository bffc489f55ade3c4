package io.bodybroker.bodybrokerintegration.deal;

import java.time.Duration;

/** How long a deal waits after something went wrong, before it is taken up again. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Backoff() {}

  /** Twice as long each time, from 200 ms to 30 s. */
  public static Duration after(int failures) {
    var doubled = FIRST.multipliedBy(1L << Math.clamp(failures, 0, 10));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
