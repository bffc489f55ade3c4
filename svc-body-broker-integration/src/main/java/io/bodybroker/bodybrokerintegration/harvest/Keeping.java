package io.bodybroker.bodybrokerintegration.harvest;

import io.bodybroker.bodybrokerintegration.v1.Preservation;
import java.time.Duration;

/**
 * How long a part keeps, in game time. Freshness is derived of it, never stepped.
 *
 * @param since game time at which it was taken out, in milliseconds of the calendar
 * @param keeps how long until it has decayed
 */
public record Keeping(long since, Duration keeps) {
  /** How long a part keeps that is kept in nothing. */
  public static final Duration PLAIN = Duration.ofHours(24);

  private static final double ALERT = 0.25;

  /** How much longer a part keeps in something. */
  public static Duration extra(Preservation preservation) {
    return switch (preservation) {
      case FORMALDEHYDE -> Duration.ofHours(24);
      case CRYOGENIC -> Duration.ofDays(7);
      case PRESERVATION_UNSPECIFIED, UNRECOGNIZED -> Duration.ZERO;
    };
  }

  /** When it has decayed. */
  public long until() {
    return since + keeps.toMillis();
  }

  /** {@code max(0, 1 - elapsed / keeps)}; 1 also when the clock was set back to before. */
  public double freshness(long now) {
    return Math.clamp(1 - (double) (now - since) / keeps.toMillis(), 0, 1);
  }

  /** Whether nobody wants it any more. */
  public boolean isDecayed(long now) {
    return now >= until();
  }

  /** Whether more than three quarters of its time are over. */
  public boolean isAlert(long now) {
    return freshness(now) < ALERT;
  }
}
