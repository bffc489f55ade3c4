package io.bodybroker.gateway.routing;

import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.sdk.error.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Percent-encoding (RFC 3986), read strictly: what is not well-formed is refused, never repaired,
 * so that no two readers of one URI can understand different things.
 */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * Decodes one part of a URI.
   *
   * @param part where it stands, for the error: {@code path} or {@code query}
   * @throws ServiceException {@code INVALID_ARGUMENT} for half an escape, or bytes that are not
   *     UTF-8
   */
  public static String decode(String raw, String part) {
    return raw.indexOf('%') < 0 ? raw : decode(raw, part, false);
  }

  /**
   * As {@link #decode(String, String)}, but an escaped slash stays escaped, so that it is not taken
   * for a separator.
   */
  static String decodeKeepingSlashes(String raw, String part) {
    return raw.indexOf('%') < 0 ? raw : decode(raw, part, true);
  }

  private static String decode(String raw, String part, boolean keepSlashes) {
    var bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      byte value = escaped(raw, i, part);
      if (keepSlashes && value == '/') {
        bytes.put((byte) '%').put((byte) raw.charAt(i + 1)).put((byte) raw.charAt(i + 2));
      } else {
        bytes.put(value);
      }
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.of(part, raw, "percent-encoded UTF-8");
    }
  }

  private static byte escaped(String raw, int at, String part) {
    if (at + 2 >= raw.length()
        || !HexFormat.isHexDigit(raw.charAt(at + 1))
        || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
      throw Refusal.of(part, raw, "two hex digits after '%'");
    }
    return (byte) HexFormat.fromHexDigits(raw, at + 1, at + 3);
  }
}
