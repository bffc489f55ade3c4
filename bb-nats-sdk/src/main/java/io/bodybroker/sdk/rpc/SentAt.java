package io.bodybroker.sdk.rpc;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a request was sent, by a clock of its caller's that nobody else shares. It is of use only to
 * compare the requests of one clock with each other: see {@link TransitTimes}.
 *
 * @param clock names it as no other is, so that it need not be right
 * @param micros since that clock began
 */
record SentAt(String clock, long micros) {
  static final String HEADER = "Bb-Sent-Us";

  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9]{1,32}) ([0-9]{1,15})");

  void write(Headers headers) {
    headers.put(HEADER, clock + " " + micros);
  }

  /** Empty if the caller did not say, or not as we would. */
  static Optional<SentAt> read(Message request) {
    String text = WireHeaders.first(request, HEADER);
    if (text == null) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(new SentAt(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }
}
