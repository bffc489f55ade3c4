package io.bodybroker.sdk.rpc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a writer may go: totals since the stream began, so that a grant that is lost or comes
 * late does no harm, as in QUIC (RFC 9000, section 4).
 *
 * @param messages so many messages may have been sent in all
 * @param bytes a message may be sent while fewer bytes than this have been, so the last one may go
 *     over it
 */
record StreamCredit(long messages, long bytes) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})");

  boolean allows(long messagesSent, long bytesSent) {
    return messagesSent < messages && bytesSent < bytes;
  }

  /** Grants are never taken back. */
  StreamCredit max(StreamCredit other) {
    return new StreamCredit(Math.max(messages, other.messages), Math.max(bytes, other.bytes));
  }

  static Optional<StreamCredit> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new StreamCredit(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** As it travels. */
  @Override
  public String toString() {
    return messages + " " + bytes;
  }
}
