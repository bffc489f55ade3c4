package io.bodybroker.sdk.internal;

import io.nats.client.support.IncomingHeadersProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps headers that jnats cannot read from ending the thread that reads a connection. jnats 2.26
 * throws on them what its reader does not catch: the connection then stays up and hears nothing,
 * until its pings have been missed for long enough. Any program on the bus could do that to all
 * others with one message.
 *
 * <p>Follows what arrives, by NATS' protocol for clients ({@code MSG}, {@code HMSG}): bytes that
 * are no ASCII become {@code ?} where they lie, and headers that are none at all end the
 * connection, which then comes back at once. Payloads are skipped, not read. For one thread.
 */
final class HeaderGuard {
  private static final byte[] VERSION = "NATS/1.0".getBytes(StandardCharsets.US_ASCII);
  private static final byte UNREADABLE = '?';

  /** Longer lines are no messages; what they say does not matter here. */
  private static final int LONGEST_LINE = 8192;

  private final byte[] line = new byte[LONGEST_LINE];
  private int lineLength;
  private byte[] headers = new byte[0];
  private int headersRead;
  private long payloadLeft;

  /**
   * Follows what was read, and mends it.
   *
   * @throws IOException if headers came that are none
   */
  void inspect(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (headersRead < headers.length) {
        at = mend(bytes, at, end);
      } else if (payloadLeft > 0) {
        int skipped = (int) Math.min(payloadLeft, end - at);
        payloadLeft -= skipped;
        at += skipped;
      } else {
        at = gatherLine(bytes, at, end);
      }
    }
  }

  private int mend(byte[] bytes, int from, int end) throws IOException {
    int at = from;
    while (at < end && headersRead < headers.length) {
      byte one = bytes[at];
      if (one < ' ' && one != '\r' && one != '\n' && one != '\t') { // all but ASCII is negative
        bytes[at] = one = UNREADABLE;
      }
      headers[headersRead++] = one;
      at++;
    }
    if (headersRead == headers.length && !looksRight()) {
      requireReadable();
    }
    return at;
  }

  /** Quick, and true of all that our own and other clients write. */
  private boolean looksRight() {
    int length = headers.length;
    if (!Arrays.equals(headers, 0, Math.min(VERSION.length, length), VERSION, 0, VERSION.length)) {
      return false;
    }
    int at = VERSION.length;
    while (at + 1 < length) {
      if (headers[at] != '\r' || headers[at + 1] != '\n') {
        return false;
      }
      at += 2;
      if (at == length - 2 && headers[at] == '\r' && headers[at + 1] == '\n') {
        return true;
      }
      int name = at;
      while (at < length && headers[at] > ' ' && headers[at] < 0x7f && headers[at] != ':') {
        at++;
      }
      if (at == name || at == length || headers[at] != ':') {
        return false;
      }
      while (at < length && headers[at] != '\r') {
        if (headers[at] == '\n' || headers[at] == 0x7f) {
          return false;
        }
        at++;
      }
    }
    return false;
  }

  private void requireReadable() throws IOException {
    try {
      var unused = new IncomingHeadersProcessor(headers); // what the reader will do with them
    } catch (RuntimeException e) {
      throw new IOException("a message with headers that cannot be read: " + e.getMessage(), e);
    }
  }

  private int gatherLine(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      byte one = bytes[at++];
      if (one == '\n') {
        beginMessage();
        lineLength = 0;
        break;
      }
      if (lineLength < LONGEST_LINE) {
        line[lineLength++] = one;
      }
    }
    return at;
  }

  /** {@code MSG subject sid [reply] size} or {@code HMSG subject sid [reply] headers size}. */
  private void beginMessage() {
    boolean hasHeaders = startsWith("HMSG ");
    if (!hasHeaders && !startsWith("MSG ")) {
      return;
    }
    String[] words =
        new String(line, 0, lineLength, StandardCharsets.ISO_8859_1).strip().split(" +", -1);
    int size = Integer.parseInt(words[words.length - 1]);
    int headersSize = hasHeaders ? Integer.parseInt(words[words.length - 2]) : 0;
    headers = new byte[headersSize];
    headersRead = 0;
    payloadLeft = size - headersSize + 2L; // CR LF follow it
  }

  private boolean startsWith(String word) {
    if (lineLength < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (line[i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
