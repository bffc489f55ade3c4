package io.bodybroker.sdk.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes keys in the alphabet of JetStream key-value, and reads them back.
 *
 * <p>{@code /} becomes {@code .}, the separator of subjects, so that a prefix is a subject filter.
 * ASCII letters, digits, {@code _} and {@code -} stay as they are; every other byte of the UTF-8
 * form becomes {@code =} and two upper-case hex digits. One key has one form and one form one key;
 * the longest key takes 1,800 characters, which fits NATS' control line of 4,096.
 */
public final class KeyEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private KeyEncoding() {}

  public static String encode(String key) {
    var text = new StringBuilder(key.length() + 16);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      if (b == '/') {
        text.append('.');
      } else if (isPlain(b)) {
        text.append((char) b);
      } else {
        HEX.toHexDigits(text.append('='), b);
      }
    }
    return text.toString();
  }

  /**
   * The key again, from what {@link #encode} made. A form that somebody else's tool made stays as
   * it is: one stray entry must not keep a store from being listed and watched.
   */
  public static String decode(String form) {
    var bytes = new ByteArrayOutputStream(form.length());
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      if (c == '=' && isHex(form, i + 1) && isHex(form, i + 2)) {
        bytes.write(HexFormat.fromHexDigits(form, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c == '.' ? '/' : c);
      }
    }
    String key = bytes.toString(StandardCharsets.UTF_8);
    return encode(key).equals(form) ? key : form;
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && HexFormat.isHexDigit(text.charAt(at));
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '-';
  }
}
