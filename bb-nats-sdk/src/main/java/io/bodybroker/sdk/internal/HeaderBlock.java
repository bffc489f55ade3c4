package io.bodybroker.sdk.internal;

import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Headers to send, as the bytes that go over the wire. jnats' own are maps of lists, which it
 * copies once more for each message and then writes: half of what a small request costs its caller.
 *
 * <p>For sending only: what asks for a value by its name finds none. Immutable.
 */
public final class HeaderBlock extends Headers {
  private static final byte[] VERSION = "NATS/1.0\r\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final int length;

  private HeaderBlock(byte[] bytes, int length) {
    super(null, true);
    this.bytes = bytes;
    this.length = length;
  }

  /** Starts with no header. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean isEmpty() {
    return length == 0;
  }

  @Override
  public boolean isDirty() {
    return false;
  }

  @Override
  public int serializedLength() {
    return length;
  }

  @Override
  public byte[] getSerialized() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public int serializeToArray(int destPosition, byte[] dest) {
    System.arraycopy(bytes, 0, dest, destPosition, length);
    return length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HeaderBlock that
        && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(getSerialized());
  }

  /** Writes headers, in the order in which they come. Not thread-safe. */
  public static final class Builder {
    private static final int ENOUGH_FOR_MOST = 128;

    /** Of a {@code long}. */
    private static final int MOST_DIGITS = 19;

    private byte[] bytes = Arrays.copyOf(VERSION, ENOUGH_FOR_MOST);
    private int length = VERSION.length;

    private Builder() {}

    /**
     * Adds a header; the same name must not come twice.
     *
     * @throws IllegalArgumentException if the name or the value cannot be in a header (NATS ADR-4)
     */
    public Builder put(String name, String value) {
      begin(name, value.length());
      append(name, value);
      endLine();
      return this;
    }

    /** As {@link #put(String, String)}, a number of 0 or more. */
    public Builder put(String name, long value) {
      begin(name, MOST_DIGITS);
      append(value);
      endLine();
      return this;
    }

    private void begin(String name, int valueLength) {
      require(name.length() + valueLength + 5); // ':' CR LF, and CR LF after the last
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (c <= ' ' || c >= 0x7f || c == ':') {
          throw new IllegalArgumentException("header name \"" + HeaderText.legible(name) + "\"");
        }
        bytes[length++] = (byte) c;
      }
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a header without a name");
      }
      bytes[length++] = ':';
    }

    private void append(String name, String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c > 0x7f || c == '\r' || c == '\n') {
          throw new IllegalArgumentException(
              "header %s: \"%s\" (expected: ASCII on one line)"
                  .formatted(name, HeaderText.legible(value)));
        }
        bytes[length++] = (byte) c;
      }
    }

    private void append(long number) {
      length = Digits.write(bytes, length, number);
    }

    private void endLine() {
      bytes[length++] = '\r';
      bytes[length++] = '\n';
    }

    private void require(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      }
    }

    /** The headers; none at all if none was put. This builder is not used again. */
    public HeaderBlock build() {
      if (length == VERSION.length) {
        return new HeaderBlock(bytes, 0);
      }
      endLine(); // for which there is room since the last header
      return new HeaderBlock(bytes, length);
    }
  }
}
