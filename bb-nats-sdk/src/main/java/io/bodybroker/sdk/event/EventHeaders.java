package io.bodybroker.sdk.event;

import io.bodybroker.sdk.internal.HeaderText;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an event says beside its payload. */
final class EventHeaders {
  /** The event's own name, which stays when NATS' message id has to be another one. */
  static final String EVENT_ID = "Bb-Event-Id";

  /** The subject it was published on, when it comes back by another way. */
  static final String SUBJECT = "Bb-Event-Subject";

  /** How often it has come back from the dead-letter queue. */
  static final String REDRIVES = "Bb-Redrives";

  static final String REQUEST_ID = "Bb-Request-Id";

  private static final String MESSAGE_ID = "Nats-Msg-Id";

  private EventHeaders() {}

  /** An event as it came. */
  record Received(Delivery delivery, Map<String, String> headers) {}

  static Received read(Message message) {
    var headers = flat(message.getHeaders());
    var meta = message.metaData();
    String numbered = meta.getStream() + ":" + meta.streamSequence();
    var delivery =
        new Delivery(
            id(headers, numbered),
            subject(headers, message.getSubject()),
            meta.getStream(),
            meta.streamSequence(),
            Math.toIntExact(meta.deliveredCount()),
            redrives(headers),
            meta.timestamp().toInstant());
    return new Received(delivery, headers);
  }

  /** The event's own name, or what it goes by if it was given none. */
  static String id(Map<String, String> headers, String numbered) {
    return headers.getOrDefault(EVENT_ID, headers.getOrDefault(MESSAGE_ID, numbered));
  }

  /** The request it was published for. */
  static Optional<String> requestId(Map<String, String> headers) {
    return Optional.ofNullable(headers.get(REQUEST_ID)).map(HeaderText::decode);
  }

  /** The subject it was first published on. */
  static String subject(Map<String, String> headers, String arrivedOn) {
    return headers.getOrDefault(SUBJECT, arrivedOn);
  }

  static int redrives(Map<String, String> headers) {
    String text = headers.getOrDefault(REDRIVES, "0");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  /** The first value of each header; NATS allows more, we write none. */
  static Map<String, String> flat(@org.jspecify.annotations.Nullable Headers headers) {
    var flat = new LinkedHashMap<String, String>();
    if (headers != null) {
      for (String name : headers.keySet()) {
        flat.put(name, headers.getFirst(name));
      }
    }
    return flat;
  }
}
