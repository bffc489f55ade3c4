package io.bodybroker.weathermanager.climate;

/**
 * How long a spell of weather lasts, drawn when it begins, so that its end is known.
 *
 * <p>The rule is a test each game minute that grows more likely with age: {@code p = 0.05 *
 * max(0.1, min(1, minutes / 120)) * volatility}. One draw replaces all these tests: a spell lasts
 * until the sum of its {@code p} reaches an exponentially distributed threshold (inverse transform
 * of the hazard), which is about an hour for volatility 1.
 */
final class SpellLength {
  static final int MIN_MINUTES = 10;
  static final int MAX_MINUTES = 24 * 60;

  private static final double RATE = 0.05;
  private static final double RIPE = 120;
  private static final double LEAST = 0.1;

  /** Until this age the least rate applies. */
  private static final double YOUNG = LEAST * RIPE;

  /** What the rate of 1 sums up to at both ages; between them it grows with the square. */
  private static final double SUM_YOUNG = LEAST * YOUNG;

  private static final double SUM_RIPE = SUM_YOUNG + (RIPE * RIPE - YOUNG * YOUNG) / (2 * RIPE);

  private SpellLength() {}

  /** Whole minutes, {@value #MIN_MINUTES} to {@value #MAX_MINUTES}. */
  static int minutes(Chance chance, double volatility) {
    // StrictMath, because Math.log may differ in the last bit between machines.
    double threshold = -StrictMath.log(1 - chance.fraction());
    double age = ageAt(threshold / (RATE * volatility));
    return Math.clamp(Math.round(age), MIN_MINUTES, MAX_MINUTES);
  }

  private static double ageAt(double sum) {
    if (sum <= SUM_YOUNG) {
      return sum / LEAST;
    }
    if (sum <= SUM_RIPE) {
      return Math.sqrt(YOUNG * YOUNG + 2 * RIPE * (sum - SUM_YOUNG));
    }
    return RIPE + (sum - SUM_RIPE);
  }
}
