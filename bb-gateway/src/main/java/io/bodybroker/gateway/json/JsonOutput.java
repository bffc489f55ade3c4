package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * JSON in UTF-8 on its way out, each value in the form that protobuf's {@code JsonFormat} gives it.
 * Not thread-safe.
 */
final class JsonOutput extends GrowingBytes {
  /** What stands for a character of ASCII; null for itself. */
  private static final byte[][] ESCAPES = escapes();

  /** First bytes of what may have to be escaped: those of ASCII, and of U+2028 and U+2029. */
  private static final boolean[] MAY_BE_ESCAPED = mayBeEscaped();

  private static final int LINE_SEPARATOR = 0xe2; // first byte of three; so has much else
  private static final byte[] NAN = ascii("\"NaN\"");
  private static final byte[] INFINITY = ascii("\"Infinity\"");
  private static final byte[] MINUS_INFINITY = ascii("\"-Infinity\"");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  /** From here on Java writes floating point numbers with an exponent. */
  private static final long WITH_EXPONENT = 10_000_000;

  /** And below this. */
  private static final double WITHOUT_EXPONENT = 1e-3;

  /** With these decimals and no exponent a number has less than 15 digits. */
  private static final int MAX_SCALE = 4;

  private static final int MAX_DIGITS = 20;

  JsonOutput(int capacity) {
    super(capacity);
  }

  /** The bytes of text that is ASCII. */
  static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  void bool(boolean value) {
    put(value ? TRUE : FALSE);
  }

  void whole(long value) {
    ensure(MAX_DIGITS);
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
    } else {
      rest = -rest; // every number has a negative one, not so the other way round
    }
    int end = size + digits(rest);
    size = end;
    do {
      long quotient = rest / 10;
      bytes[--end] = (byte) ('0' + (quotient * 10 - rest));
      rest = quotient;
    } while (rest != 0);
  }

  private static int digits(long negative) {
    int digits = 1;
    long bound = -10;
    while (digits < MAX_DIGITS - 1 && negative <= bound) {
      digits++;
      bound *= 10;
    }
    return digits;
  }

  void quotedWhole(long value) {
    put('"');
    whole(value);
    put('"');
  }

  void quotedUnsigned(long value) {
    put('"');
    if (value >= 0) {
      whole(value);
    } else {
      plain(Long.toUnsignedString(value));
    }
    put('"');
  }

  void float64(double value) {
    if (isShortWhole(value)) {
      shortWhole((long) value);
    } else if (Double.isFinite(value)) {
      if (!fraction(value)) {
        plain(Double.toString(value));
      }
    } else {
      notFinite(value);
    }
  }

  void float32(float value) {
    if (isShortWhole(value)) {
      shortWhole((long) value);
    } else if (Float.isFinite(value)) {
      plain(Float.toString(value));
    } else {
      notFinite(value);
    }
  }

  private static boolean isShortWhole(double value) {
    long whole = (long) value;
    return whole == value
        && Math.abs(whole) < WITH_EXPONENT
        && (whole != 0 || Double.doubleToRawLongBits(value) == 0); // -0.0 keeps its sign
  }

  private void shortWhole(long value) {
    whole(value);
    put('.');
    put('0');
  }

  /**
   * Writes a number of few decimals, if it is one. Of all texts with up to 15 digits only one means
   * the same double, so it is the shortest, which is the one Java writes.
   */
  private boolean fraction(double value) {
    double size = Math.abs(value);
    if (size < WITHOUT_EXPONENT || size >= WITH_EXPONENT) {
      return false;
    }
    for (int scale = 1, power = 10; scale <= MAX_SCALE; scale++, power *= 10) {
      long digits = (long) (size * power + 0.5);
      if ((double) digits / power == size) {
        if (value < 0) {
          put('-');
        }
        whole(digits / power);
        put('.');
        padded((int) (digits % power), scale);
        return true;
      }
    }
    return false;
  }

  /** A number with zeros before it, that many digits in all. */
  void padded(int value, int count) {
    ensure(count);
    int rest = value;
    for (int i = size + count - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  private void notFinite(double value) {
    if (Double.isNaN(value)) {
      put(NAN);
    } else {
      put(value > 0 ? INFINITY : MINUS_INFINITY);
    }
  }

  private void plain(String text) {
    int length = text.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /** Quoted, in Base64. */
  void base64(byte[] source, int from, int to) {
    put('"');
    put(Base64.getEncoder().encode(Arrays.copyOfRange(source, from, to)));
    put('"');
  }

  /** Quoted and escaped; a lone surrogate becomes a question mark, as everywhere in Java. */
  void string(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    string(utf8, 0, utf8.length);
  }

  /** Quoted and escaped. */
  void string(byte[] utf8, int from, int to) {
    ensure(to - from + 2);
    bytes[size++] = '"';
    int copied = from;
    for (int i = from; i < to; i++) {
      if (MAY_BE_ESCAPED[utf8[i] & 0xff]) {
        byte[] escape = escape(utf8, i);
        if (escape != null) {
          put(utf8, copied, i);
          put(escape);
          i += utf8[i] < 0 ? 2 : 0;
          copied = i + 1;
        }
      }
    }
    put(utf8, copied, to);
    put('"');
  }

  private static byte @Nullable [] escape(byte[] utf8, int at) {
    if (utf8[at] >= 0) {
      return ESCAPES[utf8[at]];
    }
    if (utf8[at + 1] != (byte) 0x80) {
      return null;
    }
    return switch (utf8[at + 2] & 0xff) {
      case 0xa8 -> ascii("\\u2028");
      case 0xa9 -> ascii("\\u2029");
      default -> null;
    };
  }

  /** As Gson does: also what could end a script or an attribute of HTML. */
  private static byte[][] escapes() {
    var escapes = new byte[128][];
    for (int c = 0; c < ' '; c++) {
      escapes[c] = unicode(c);
    }
    for (char c : "<>&='".toCharArray()) {
      escapes[c] = unicode(c);
    }
    String plain = "\"\\\b\f\n\r\t";
    String letters = "\"\\bfnrt";
    for (int i = 0; i < plain.length(); i++) {
      escapes[plain.charAt(i)] = ascii("\\" + letters.charAt(i));
    }
    return escapes;
  }

  private static byte[] unicode(int c) {
    return ascii("\\u00" + Character.forDigit(c >> 4, 16) + Character.forDigit(c & 15, 16));
  }

  private static boolean[] mayBeEscaped() {
    var may = new boolean[256];
    for (int c = 0; c < ESCAPES.length; c++) {
      may[c] = ESCAPES[c] != null;
    }
    may[LINE_SEPARATOR] = true;
    return may;
  }
}
