package io.bodybroker.sdk.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message where it lies in what was read, if all of it does: {@code MSG subject sid [reply] size}
 * or {@code HMSG subject sid [reply] headers size}, headers, payload. Used again and again, by one
 * thread.
 */
final class Delivery {
  private static final byte[] MSG = "MSG ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HMSG = "HMSG ".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_WORDS = 5;
  private static final int MOST_DIGITS = 9;

  private final int[] starts = new int[MOST_WORDS];
  private final int[] ends = new int[MOST_WORDS];
  private byte[] bytes = new byte[0];
  private boolean hasReply;
  private int sid;
  private int headersLength;
  private int size;
  private int from;
  private int headersFrom;

  /**
   * Whether a message begins here of which all has been read. Only its {@link #sid} has a meaning
   * if it does not.
   */
  boolean begin(byte[] read, int at, int end) {
    sid = -1;
    boolean hasHeaders = startsWith(read, at, end, HMSG);
    if (!hasHeaders && !startsWith(read, at, end, MSG)) {
      return false;
    }
    bytes = read;
    from = at;
    int words = words(at + (hasHeaders ? HMSG.length : MSG.length), end);
    int sizes = hasHeaders ? 2 : 1;
    if (words != 2 + sizes && words != 3 + sizes) {
      return false;
    }
    hasReply = words == 3 + sizes;
    sid = number(1);
    size = number(words - 1);
    headersLength = hasHeaders ? number(words - 2) : 0;
    headersFrom = ends[words - 1] + 2; // CR LF
    return sid >= 0
        && headersLength >= (hasHeaders ? HeaderGuard.SHORTEST : 0)
        && size >= headersLength
        && end - headersFrom >= size + 2L; // CR LF
  }

  /** Finds the words of a line. Returns how many there are; none if the line is not all there. */
  private int words(int start, int end) {
    int words = 0;
    int at = start;
    while (at < end) {
      while (at < end && bytes[at] == ' ') {
        at++;
      }
      int word = at;
      while (at < end && bytes[at] > ' ') {
        at++;
      }
      if (at > word) {
        if (words == MOST_WORDS) {
          return 0;
        }
        starts[words] = word;
        ends[words++] = at;
      }
      if (at + 1 < end && bytes[at] == '\r') {
        // Sizes are counted from the last word.
        return bytes[at + 1] == '\n' && words > 0 && ends[words - 1] == at ? words : 0;
      }
      if (at < end && bytes[at] != ' ') {
        return 0;
      }
    }
    return 0;
  }

  private int number(int word) {
    if (ends[word] - starts[word] > MOST_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int at = starts[word]; at < ends[word]; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static boolean startsWith(byte[] bytes, int from, int end, byte[] word) {
    return end - from >= word.length
        && Arrays.equals(bytes, from, from + word.length, word, 0, word.length);
  }

  /** jnats' number of the subscription; negative if not all of the message's line is there. */
  int sid() {
    return sid;
  }

  int headersFrom() {
    return headersFrom;
  }

  int headersLength() {
    return headersLength;
  }

  /** All of it: line, headers, payload and what ends them. */
  int length() {
    return headersFrom + size + 2 - from;
  }

  /**
   * Its subject.
   *
   * @param likely what it is, perhaps
   */
  String subject(String likely) {
    return isWord(0, likely) ? likely : word(0);
  }

  /** The message, for which its bytes are copied. */
  DirectMessage message(String subject) {
    int payloadFrom = headersFrom + headersLength;
    return new DirectMessage(
        subject,
        sid,
        hasReply ? word(2) : null,
        headersLength <= HeaderGuard.SHORTEST
            ? null
            : Arrays.copyOfRange(bytes, headersFrom, payloadFrom),
        Arrays.copyOfRange(bytes, payloadFrom, headersFrom + size));
  }

  private boolean isWord(int word, String text) {
    boolean isSame = ends[word] - starts[word] == text.length();
    // The ends differ sooner than the beginnings.
    for (int i = text.length() - 1; isSame && i >= 0; i--) {
      isSame = bytes[starts[word] + i] == text.charAt(i);
    }
    return isSame;
  }

  private String word(int word) {
    return new String(bytes, starts[word], ends[word] - starts[word], StandardCharsets.ISO_8859_1);
  }
}
