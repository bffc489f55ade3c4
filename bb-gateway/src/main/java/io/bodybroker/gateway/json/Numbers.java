package io.bodybroker.gateway.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from text, each within the range of its type. Text comes from strangers: {@code
 * 1e999999999} must be refused before anybody writes it out.
 */
final class Numbers {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  /** No double needs more digits than 767; what is longer is not meant as a number. */
  private static final int MAX_LENGTH = 1000;

  private static final int MAX_DIGITS = 20;
  private static final BigInteger MAX_UINT64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Numbers() {}

  static @Nullable Integer int32(String text) {
    Long value = inRange(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return value == null ? null : value.intValue();
  }

  static @Nullable Integer uint32(String text) {
    Long value = inRange(text, 0, 0xffff_ffffL);
    return value == null ? null : value.intValue();
  }

  static @Nullable Long int64(String text) {
    return inRange(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static @Nullable Long uint64(String text) {
    BigInteger whole = whole(text);
    if (whole == null || whole.signum() < 0 || whole.compareTo(MAX_UINT64) > 0) {
      return null;
    }
    return whole.longValue();
  }

  static @Nullable Float float32(String text) {
    if (isNotFinite(text)) {
      return Float.valueOf(text);
    }
    Float value = isNumber(text) ? Float.valueOf(text) : null;
    return value == null || value.isInfinite() ? null : value;
  }

  static @Nullable Double float64(String text) {
    if (isNotFinite(text)) {
      return Double.valueOf(text);
    }
    Double value = isNumber(text) ? Double.valueOf(text) : null;
    return value == null || value.isInfinite() ? null : value;
  }

  private static @Nullable Long inRange(String text, long min, long max) {
    BigInteger whole = whole(text);
    if (whole == null || whole.bitLength() > 63) {
      return null;
    }
    long value = whole.longValue();
    return value < min || value > max ? null : value;
  }

  private static @Nullable BigInteger whole(String text) {
    if (!isNumber(text)) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text).stripTrailingZeros();
      long digits = (long) value.precision() - value.scale();
      return value.scale() > 0 || digits > MAX_DIGITS ? null : value.toBigIntegerExact();
    } catch (NumberFormatException e) {
      return null; // an exponent beyond BigDecimal's own range
    }
  }

  private static boolean isNumber(String text) {
    return text.length() <= MAX_LENGTH && NUMBER.matcher(text).matches();
  }

  private static boolean isNotFinite(String text) {
    return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
  }
}
