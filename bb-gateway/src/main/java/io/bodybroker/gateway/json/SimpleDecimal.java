package io.bodybroker.gateway.json;

/**
 * A number as most are written: digits, perhaps a sign and a point, no exponent, and few enough for
 * a {@code long}. Others are left to {@link Numbers}. Not thread-safe; used again and again.
 */
final class SimpleDecimal {
  private static final int MAX_DIGITS = 18;

  /**
   * All that floating point has exactly: the quotient of two such is rounded once, and correctly.
   */
  private static final double[] POWERS = new double[MAX_DIGITS + 1];

  private static final long EXACT_IN_DOUBLE = 1L << 53;
  private static final long EXACT_IN_FLOAT = 1L << 24;
  private static final int MAX_POWER_OF_FLOAT = 10;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private boolean isNegative;
  private long digits;
  private int scale;

  /** False if it is not such a number, or none at all. */
  boolean parse(byte[] text, int from, int to) {
    isNegative = from < to && text[from] == '-';
    int first = isNegative ? from + 1 : from;
    if (to - first > MAX_DIGITS || hasLeadingZero(text, first, to)) {
      return false;
    }
    digits = 0;
    int point = to;
    for (int i = first; i < to; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
      } else if (text[i] == '.' && point == to) {
        point = i;
      } else {
        return false;
      }
    }
    scale = point == to ? 0 : to - point - 1;
    return point > first && (point == to || scale > 0);
  }

  private static boolean hasLeadingZero(byte[] text, int first, int to) {
    return to - first > 1 && text[first] == '0' && text[first + 1] != '.';
  }

  boolean isWhole() {
    return scale == 0;
  }

  long whole() {
    return isNegative ? -digits : digits;
  }

  boolean isExactDouble() {
    return digits < EXACT_IN_DOUBLE;
  }

  double float64() {
    double value = digits / POWERS[scale];
    return isNegative ? -value : value;
  }

  boolean isExactFloat() {
    return digits < EXACT_IN_FLOAT && scale <= MAX_POWER_OF_FLOAT;
  }

  float float32() {
    float value = digits / (float) POWERS[scale];
    return isNegative ? -value : value;
  }
}
