package io.bodybroker.sdk.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Text in header values, which are printable ASCII (NATS ADR-4). What identifies somebody is
 * percent-encoded (RFC 3986), so that no two users ever become one on the wire.
 */
public final class HeaderText {
  private static final int MAX_LEGIBLE = 500;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private HeaderText() {}

  /** Reversible: spaces, controls, non-ASCII and {@code %} become {@code %XX} of their UTF-8. */
  public static String encode(String text) {
    if (isPlain(text)) {
      return text;
    }
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain((char) (b & 0xff))) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** Undoes {@link #encode}; a {@code %} that no two hex digits follow stands for itself. */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%'
          && i + 2 < text.length()
          && HexFormat.isHexDigit(text.charAt(i + 1))
          && HexFormat.isHexDigit(text.charAt(i + 2))) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** For people only: what cannot be printed becomes {@code ?}, and what is long is cut. */
  public static String legible(String text) {
    String cut = text.length() > MAX_LEGIBLE ? text.substring(0, MAX_LEGIBLE) : text;
    return UNPRINTABLE.matcher(cut).replaceAll("?");
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c > ' ' && c < 0x7f && c != '%';
  }
}
