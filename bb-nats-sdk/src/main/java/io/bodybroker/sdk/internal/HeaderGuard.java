package io.bodybroker.sdk.internal;

import io.nats.client.support.IncomingHeadersProcessor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Follows what arrives on a connection. Hands over messages that somebody {@linkplain Deliveries
 * wants at once}, and keeps headers that jnats cannot read from ending the thread that reads a
 * connection. jnats 2.26 throws on them what its reader does not catch: the connection then stays
 * up and hears nothing, until its pings have been missed for long enough. Any program on the bus
 * could do that to all others with one message.
 *
 * <p>Follows what arrives, by NATS' protocol for clients ({@code MSG}, {@code HMSG}): bytes that
 * are no ASCII become {@code ?} where they lie, and headers that are none at all end the
 * connection, which then comes back at once. Payloads are skipped, not read. Every byte that a
 * process receives passes here, so nothing is copied but what two reads have parts of. For one
 * thread.
 */
final class HeaderGuard {
  private static final Logger LOG = System.getLogger(HeaderGuard.class.getName());
  private static final byte[] VERSION = "NATS/1.0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MSG = "MSG ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HMSG = "HMSG ".getBytes(StandardCharsets.US_ASCII);
  private static final byte UNREADABLE = '?';

  /** Headers have at least the version, CR LF, and CR LF again. */
  static final int SHORTEST = VERSION.length + 4;

  /** Longer lines are no messages; what they say does not matter here. */
  private static final int LONGEST_LINE = 8192;

  /** Of a message that a server may send, with some to spare; a size beyond is no number here. */
  private static final int MOST_DIGITS = 9;

  private final Deliveries deliveries;
  private final Delivery delivery = new Delivery();

  /** The beginning of a line whose end has not been read yet. */
  private final byte[] line = new byte[LONGEST_LINE];

  private int lineLength;

  /** The headers that have not been read to their end yet; of no meaning if none are missing. */
  private byte[] headers = new byte[0];

  private int headersLength;
  private int headersRead;
  private long payloadLeft;
  private long failures;
  private boolean hasHeardWanted;

  HeaderGuard(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /**
   * Follows what was read, mends it, and takes out of it what it hands over.
   *
   * @return how many bytes are left, from the same offset
   * @throws IOException if headers came that are none
   */
  int pass(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int at = offset;
    int kept = offset;
    while (at < end) {
      int taken = isBetweenMessages() ? deliver(bytes, at, end) : 0;
      if (taken > 0) {
        at += taken;
        continue;
      }
      int next = follow(bytes, at, end);
      if (kept < at) {
        System.arraycopy(bytes, at, bytes, kept, next - at);
      }
      kept += next - at;
      at = next;
    }
    return kept - offset;
  }

  /**
   * Whether a message came for a subscription whose messages somebody wants at once, taken or not.
   */
  boolean hasHeardWanted() {
    return hasHeardWanted;
  }

  private boolean isBetweenMessages() {
    return lineLength == 0 && payloadLeft == 0 && headersRead == headersLength;
  }

  private int follow(byte[] bytes, int at, int end) throws IOException {
    if (headersRead < headersLength) {
      return passHeaders(bytes, at, end);
    }
    if (payloadLeft > 0) {
      int skipped = (int) Math.min(payloadLeft, end - at);
      payloadLeft -= skipped;
      return at + skipped;
    }
    return passLine(bytes, at, end);
  }

  /** Returns the length of the message that was handed over, 0 if none was. */
  private int deliver(byte[] bytes, int from, int end) {
    if (deliveries.isEmpty()) {
      return 0;
    }
    boolean isWhole = delivery.begin(bytes, from, end);
    Deliveries.Wanted wanted = deliveries.wanted(delivery.sid());
    if (wanted == null) {
      return 0;
    }
    hasHeardWanted = true;
    if (!isWhole) {
      return 0;
    }
    String subject = delivery.subject(wanted.subject());
    if (!wanted.receiver().wants(subject)) {
      return 0;
    }
    int headersFrom = delivery.headersFrom();
    int headersEnd = headersFrom + delivery.headersLength();
    mend(bytes, headersFrom, headersEnd);
    boolean isPlain =
        headersFrom == headersEnd
            || (!hasStatus(bytes, headersFrom) && looksRight(bytes, headersFrom, headersEnd));
    if (!isPlain || !take(wanted, subject)) {
      return 0;
    }
    deliveries.count(delivery.length());
    return delivery.length();
  }

  /** Whatever goes wrong here must not end the thread that reads. */
  private boolean take(Deliveries.Wanted wanted, String subject) {
    try {
      return wanted.receiver().take(delivery.message(subject));
    } catch (Throwable e) {
      if (failures++ == 0) { // one line tells as much as a million
        LOG.log(Level.ERROR, "a message was not taken at once, and others may not be", e);
      }
      return false;
    }
  }

  /** A message of the server's own, as that nobody listens. */
  private static boolean hasStatus(byte[] bytes, int headersFrom) {
    return bytes[headersFrom + VERSION.length] != '\r';
  }

  private int passHeaders(byte[] bytes, int from, int end) throws IOException {
    int passed = Math.min(headersLength - headersRead, end - from);
    mend(bytes, from, from + passed);
    if (passed == headersLength) {
      requireReadable(bytes, from, passed);
      headersRead = headersLength;
      return from + passed;
    }
    if (headersRead == 0) {
      headers = new byte[headersLength];
    }
    System.arraycopy(bytes, from, headers, headersRead, passed);
    headersRead += passed;
    if (headersRead == headersLength) {
      requireReadable(headers, 0, headersLength);
      headers = new byte[0];
    }
    return from + passed;
  }

  private static void mend(byte[] bytes, int from, int end) {
    for (int at = from; at < end; at++) {
      byte one = bytes[at];
      if (one < ' ' && one != '\r' && one != '\n' && one != '\t') { // all but ASCII is negative
        bytes[at] = UNREADABLE;
      }
    }
  }

  private static void requireReadable(byte[] bytes, int from, int length) throws IOException {
    if (looksRight(bytes, from, from + length)) {
      return;
    }
    try {
      // What the reader will do with them.
      var unused = new IncomingHeadersProcessor(Arrays.copyOfRange(bytes, from, from + length));
    } catch (RuntimeException e) {
      throw new IOException("a message with headers that cannot be read: " + e.getMessage(), e);
    }
  }

  /** Quick, and true of all that our own and other clients write. */
  private static boolean looksRight(byte[] bytes, int from, int end) {
    if (!startsWith(bytes, from, end, VERSION)) {
      return false;
    }
    int at = from + VERSION.length;
    while (at + 1 < end) {
      if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
        return false;
      }
      at += 2;
      if (at == end - 2 && bytes[at] == '\r' && bytes[at + 1] == '\n') {
        return true;
      }
      int name = at;
      while (at < end && bytes[at] > ' ' && bytes[at] < 0x7f && bytes[at] != ':') {
        at++;
      }
      if (at == name || at == end || bytes[at] != ':') {
        return false;
      }
      while (at < end && bytes[at] != '\r') {
        if (bytes[at] == '\n' || bytes[at] == 0x7f) {
          return false;
        }
        at++;
      }
    }
    return false;
  }

  private int passLine(byte[] bytes, int from, int end) throws IOException {
    int at = from;
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    if (at < end && lineLength == 0) {
      beginMessage(bytes, from, at);
      return at + 1;
    }
    int kept = Math.min(at - from, LONGEST_LINE - lineLength);
    System.arraycopy(bytes, from, line, lineLength, kept);
    lineLength += kept;
    if (at == end) {
      return end;
    }
    int length = lineLength;
    lineLength = 0;
    beginMessage(line, 0, length);
    return at + 1;
  }

  /** {@code MSG subject sid [reply] size} or {@code HMSG subject sid [reply] headers size}. */
  private void beginMessage(byte[] bytes, int from, int end) throws IOException {
    boolean hasHeaders = startsWith(bytes, from, end, HMSG);
    if (!hasHeaders && !startsWith(bytes, from, end, MSG)) {
      return;
    }
    int sizeEnd = endOfWord(bytes, from, end);
    int sizeFrom = startOfWord(bytes, from, sizeEnd);
    int size = number(bytes, sizeFrom, sizeEnd);
    if (hasHeaders) {
      int headersEnd = endOfWord(bytes, from, sizeFrom);
      headersLength = number(bytes, startOfWord(bytes, from, headersEnd), headersEnd);
    } else {
      headersLength = 0;
    }
    headersRead = 0;
    payloadLeft = size - headersLength + 2L; // CR LF follow it
  }

  private static int endOfWord(byte[] bytes, int from, int end) {
    int at = end;
    while (at > from && bytes[at - 1] <= ' ') {
      at--;
    }
    return at;
  }

  private static int startOfWord(byte[] bytes, int from, int end) {
    int at = end;
    while (at > from && bytes[at - 1] > ' ') {
      at--;
    }
    return at;
  }

  private static int number(byte[] bytes, int from, int end) throws IOException {
    int number = 0;
    for (int at = from; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || end - from > MOST_DIGITS) {
        throw noNumber(bytes, from, end);
      }
      number = number * 10 + digit;
    }
    if (from == end) {
      throw noNumber(bytes, from, end);
    }
    return number;
  }

  private static IOException noNumber(byte[] bytes, int from, int end) {
    String word = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    return new IOException("a message whose size is \"" + HeaderText.legible(word) + "\"");
  }

  private static boolean startsWith(byte[] bytes, int from, int end, byte[] word) {
    return end - from >= word.length
        && Arrays.equals(bytes, from, from + word.length, word, 0, word.length);
  }
}
