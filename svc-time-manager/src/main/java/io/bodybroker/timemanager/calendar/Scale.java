package io.bodybroker.timemanager.calendar;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How fast game time passes: game seconds a real second, in whole thousandths, so that no
 * conversion rounds twice.
 *
 * @param thousandths at least 1
 */
public record Scale(long thousandths) {
  private static final long ONE = 1000;
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  /** Refuses a clock that stands still or runs backwards. */
  public Scale {
    if (thousandths < 1) {
      throw new IllegalArgumentException("thousandths: " + thousandths + " (expected: at least 1)");
    }
  }

  /** The scale nearest to a multiplier. */
  public static Scale of(double multiplier) {
    return new Scale(Math.round(multiplier * ONE));
  }

  /** As a multiplier; 1 is real time. */
  public double multiplier() {
    return thousandths / (double) ONE;
  }

  /** This many times as fast. */
  public Scale times(int factor) {
    return new Scale(Math.multiplyExact(thousandths, (long) factor));
  }

  /** The game time that passes in a real time, rounded down to the nanosecond. */
  public Duration gameTime(Duration realTime) {
    return duration(
        nanos(realTime).multiply(BigInteger.valueOf(thousandths)).divide(BigInteger.valueOf(ONE)));
  }

  /** The shortest real time in which a game time passes. */
  public Duration realTime(Duration gameTime) {
    var rate = BigInteger.valueOf(thousandths);
    return duration(
        nanos(gameTime)
            .multiply(BigInteger.valueOf(ONE))
            .add(rate.subtract(BigInteger.ONE))
            .divide(rate));
  }

  private static BigInteger nanos(Duration time) {
    return BigInteger.valueOf(time.getSeconds())
        .multiply(NANOS)
        .add(BigInteger.valueOf(time.getNano()));
  }

  private static Duration duration(BigInteger nanos) {
    var parts = nanos.divideAndRemainder(NANOS);
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }
}
