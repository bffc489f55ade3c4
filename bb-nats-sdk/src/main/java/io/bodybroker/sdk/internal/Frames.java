package io.bodybroker.sdk.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Messages to be written, as NATS' protocol for clients has them: {@code PUB subject [reply] size}
 * or {@code HPUB subject [reply] headers size}, headers, payload. Large payloads are not copied
 * until they are written. Used again and again; not thread-safe.
 */
final class Frames {
  /** Writes all of it. */
  interface Sink {
    void write(byte[] bytes, int length) throws IOException;
  }

  private static final byte[] PUB = "PUB ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HPUB = "HPUB ".getBytes(StandardCharsets.US_ASCII);

  /** What it begins with, three blanks, two numbers, two line ends. */
  private static final int MOST_OF_A_FRAME = HPUB.length + 3 + 2 * 10 + 2 * 2;

  /** Servers take lines of 4 KB by default; what is longer jnats refuses as it should be. */
  private static final int LONGEST_LINE = 4096;

  private static final int LARGE = 2 * 1024;

  /** The JDK gives as much to the system at once. */
  static final int CHUNK = 128 * 1024;

  private static final int USUAL_SIZE = 16 * 1024;
  private static final int MOST_KEPT = 1024 * 1024;

  private byte[] bytes = new byte[USUAL_SIZE];
  private int length;

  /** Large payloads, each with how many of the bytes come before it. */
  private byte[][] payloads = new byte[4][];

  private int[] places = new int[payloads.length];
  private int payloadCount;
  private int size;

  /** How many bytes there are to write. */
  int size() {
    return size;
  }

  /**
   * Adds a message.
   *
   * @return how many bytes it has; 0 if it was not added, for a subject that is not of visible
   *     ASCII, empty or very long
   */
  int add(String subject, @Nullable String replyTo, @Nullable HeaderBlock headers, byte[] payload) {
    int start = length;
    int headersLength = headers == null ? 0 : headers.serializedLength();
    boolean isLarge = payload.length >= LARGE;
    int line = MOST_OF_A_FRAME + subject.length() + (replyTo == null ? 0 : replyTo.length());
    if (line > LONGEST_LINE) {
      return 0;
    }
    require(line + headersLength + (isLarge ? 0 : payload.length));
    if (isLarge) {
      requirePlace();
    }
    append(headersLength > 0 ? HPUB : PUB);
    if (!append(subject) || (replyTo != null && !append(replyTo))) {
      length = start;
      return 0;
    }
    if (headers != null && headersLength > 0) {
      append(headersLength);
      bytes[length++] = ' ';
    }
    append(headersLength + payload.length);
    endLine();
    if (headers != null && headersLength > 0) {
      length += headers.serializeToArray(length, bytes);
    }
    if (isLarge) {
      places[payloadCount] = length;
      payloads[payloadCount++] = payload;
    } else {
      append(payload);
    }
    endLine();
    int added = length - start + (isLarge ? payload.length : 0);
    size += added;
    return added;
  }

  private void require(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private void requirePlace() {
    if (payloadCount == places.length) {
      payloads = Arrays.copyOf(payloads, 2 * payloadCount);
      places = Arrays.copyOf(places, 2 * payloadCount);
    }
  }

  private void append(byte[] more) {
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /** Returns false if it is not all visible ASCII, or nothing. */
  private boolean append(String subject) {
    if (subject.isEmpty()) {
      return false;
    }
    for (int i = 0; i < subject.length(); i++) {
      char c = subject.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
      bytes[length++] = (byte) c;
    }
    bytes[length++] = ' ';
    return true;
  }

  private void append(int number) {
    length = Digits.write(bytes, length, number);
  }

  private void endLine() {
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  /** Whether {@link #writeTo} needs a chunk of {@link #CHUNK} bytes. */
  boolean needsChunk() {
    return payloadCount > 0;
  }

  /** Writes all messages, as few times as their size allows. */
  void writeTo(Sink sink, byte[] chunk) throws IOException {
    if (payloadCount == 0) {
      sink.write(bytes, length);
      return;
    }
    int filled = 0;
    int at = 0;
    for (int i = 0; i < payloadCount; i++) {
      filled = fill(sink, chunk, filled, bytes, at, places[i]);
      filled = fill(sink, chunk, filled, payloads[i], 0, payloads[i].length);
      at = places[i];
    }
    filled = fill(sink, chunk, filled, bytes, at, length);
    sink.write(chunk, filled);
  }

  /** Returns how much of the chunk is to be written still. */
  private static int fill(Sink sink, byte[] chunk, int filled, byte[] from, int start, int end)
      throws IOException {
    int to = filled;
    for (int at = start; at < end; ) {
      if (to == chunk.length) {
        sink.write(chunk, to);
        to = 0;
      }
      int next = Math.min(chunk.length - to, end - at);
      System.arraycopy(from, at, chunk, to, next);
      to += next;
      at += next;
    }
    return to;
  }

  /** Has no messages any more. */
  void clear() {
    Arrays.fill(payloads, 0, payloadCount, null);
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[USUAL_SIZE];
    }
    length = 0;
    payloadCount = 0;
    size = 0;
  }
}
