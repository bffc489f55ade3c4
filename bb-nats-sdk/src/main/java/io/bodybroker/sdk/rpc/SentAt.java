package io.bodybroker.sdk.rpc;

import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a request was sent, by a clock of its caller's that nobody else shares. It is of use only to
 * compare the requests of one clock with each other: see {@link TransitTimes}.
 *
 * <p>It travels in the address at which the caller is answered, whose last word is {@code
 * bb<clock>-<microseconds>}, numbers in base 36. A header of its own would cost all three that a
 * request passes more than the rest of its headers.
 *
 * @param clock names it as no other is, so that it need not be right
 * @param micros since that clock began
 */
record SentAt(String clock, long micros) {
  private static final String MARK = "bb";
  private static final byte SEPARATOR = '-';
  private static final int RADIX = Character.MAX_RADIX;

  /** Of a {@code long} in base 36. */
  private static final int MOST_DIGITS = 12;

  /** Far more than any inbox of ours; it is kept for as long as its clock is. */
  private static final int LONGEST_NAME = 256;

  /** How a clock is named. */
  static String clock(String inbox, int generation) {
    return inbox + MARK + Integer.toString(generation, RADIX);
  }

  /** The address at which a caller is answered who sends now. */
  String address() {
    int digits = 1;
    for (long rest = micros / RADIX; rest > 0; rest /= RADIX) {
      digits++;
    }
    byte[] text = new byte[clock.length() + 1 + digits];
    copy(clock, text);
    text[clock.length()] = SEPARATOR;
    long rest = micros;
    for (int at = text.length - 1; at > clock.length(); at--) {
      text[at] = (byte) Character.forDigit((int) (rest % RADIX), RADIX);
      rest /= RADIX;
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  @SuppressWarnings("deprecation") // the bytes of ASCII, without a copy
  private static void copy(String ascii, byte[] target) {
    ascii.getBytes(0, ascii.length(), target, 0);
  }

  /** Empty if the caller did not say, or not as we would. */
  static Optional<SentAt> read(Message request) {
    String address = request.getReplyTo();
    return address == null ? Optional.empty() : Optional.ofNullable(read(address));
  }

  private static @Nullable SentAt read(String address) {
    int end = address.lastIndexOf(SEPARATOR);
    if (end < 0 || end > LONGEST_NAME || !isNumber(address, end + 1, address.length())) {
      return null;
    }
    int word = address.lastIndexOf('.', end) + 1;
    boolean isOurs = address.startsWith(MARK, word) && isNumber(address, word + MARK.length(), end);
    return isOurs
        ? new SentAt(
            address.substring(0, end), Long.parseLong(address, end + 1, address.length(), RADIX))
        : null;
  }

  private static boolean isNumber(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'z')) {
        return false;
      }
    }
    return from < end && end - from <= MOST_DIGITS;
  }
}
