package io.bodybroker.sdk.internal;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.IncomingHeadersProcessor;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A message that was handed over before jnats read it. Its headers are the bytes that came, of
 * which most calls want one or two values; they become jnats' maps only for who asks for those.
 */
public final class DirectMessage extends NatsMessage {
  private static final int VERSION_LENGTH = "NATS/1.0\r\n".length();

  private final int number;
  private final byte @Nullable [] block;
  private @Nullable Headers parsed;

  /**
   * Its parts.
   *
   * @param block headers as they came, from their version to the empty line; null if there are none
   */
  public DirectMessage(
      String subject, int sid, @Nullable String replyTo, byte @Nullable [] block, byte[] payload) {
    super(subject, replyTo, payload);
    this.number = sid;
    this.block = block;
  }

  @Override
  public String getSID() {
    return Integer.toString(number);
  }

  @Override
  public boolean hasHeaders() {
    return block != null;
  }

  @Override
  public @Nullable Headers getHeaders() {
    byte[] bytes = block;
    Headers known = parsed;
    if (known == null && bytes != null) {
      known = new IncomingHeadersProcessor(bytes).getHeaders();
      parsed = known;
    }
    return known;
  }

  /** The first value of a header, as {@link Headers#getFirst} has it; null if there is none. */
  public @Nullable String firstHeader(String name) {
    byte[] bytes = block;
    if (bytes == null) {
      return null;
    }
    int at = VERSION_LENGTH;
    while (at < bytes.length - 2) { // CR LF after the last
      int end = endOfLine(bytes, at);
      if (isNamed(bytes, at, end, name)) {
        int value = at + name.length() + 1;
        return new String(bytes, value, end - value, StandardCharsets.US_ASCII).trim();
      }
      at = end + 2;
    }
    return null;
  }

  /**
   * Tells each name with its first value, in the order in which they came.
   *
   * @param prefix of the names to tell; of others nothing is read
   */
  public void forEachHeader(String prefix, BiConsumer<String, String> visitor) {
    byte[] bytes = block;
    if (bytes == null) {
      return;
    }
    var seen = new HashSet<String>();
    int at = VERSION_LENGTH;
    while (at < bytes.length - 2) { // CR LF after the last
      int end = endOfLine(bytes, at);
      int colon = at;
      while (colon < end && bytes[colon] != ':') {
        colon++;
      }
      if (startsWith(bytes, at, colon, prefix)) {
        String name = new String(bytes, at, colon - at, StandardCharsets.US_ASCII);
        if (seen.add(name)) {
          int value = Math.min(colon + 1, end);
          visitor.accept(
              name, new String(bytes, value, end - value, StandardCharsets.US_ASCII).trim());
        }
      }
      at = end + 2;
    }
  }

  /** Whether the only header is this one. */
  public boolean hasOnly(String name) {
    byte[] bytes = block;
    if (bytes == null) {
      return false;
    }
    int end = endOfLine(bytes, VERSION_LENGTH);
    return end == bytes.length - 4 && isNamed(bytes, VERSION_LENGTH, end, name);
  }

  /**
   * Whether of the headers whose names begin with the prefix none has another name. Makes nothing.
   */
  public boolean hasNoneBut(String prefix, String name) {
    byte[] bytes = block;
    if (bytes == null) {
      return true;
    }
    int at = VERSION_LENGTH;
    while (at < bytes.length - 2) { // CR LF after the last
      int end = endOfLine(bytes, at);
      if (startsWith(bytes, at, end, prefix) && !isNamed(bytes, at, end, name)) {
        return false;
      }
      at = end + 2;
    }
    return true;
  }

  private static int endOfLine(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  private static boolean isNamed(byte[] bytes, int from, int end, String name) {
    int colon = from + name.length();
    return colon < end && bytes[colon] == ':' && startsWith(bytes, from, end, name);
  }

  private static boolean startsWith(byte[] bytes, int from, int end, String prefix) {
    if (from + prefix.length() > end) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (bytes[from + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
