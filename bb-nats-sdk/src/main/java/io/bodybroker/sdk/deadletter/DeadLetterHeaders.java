package io.bodybroker.sdk.deadletter;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.deadletter.DeadLetter.Origin;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.internal.HeaderText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link DeadLetter} as headers of a message, and back. Those it came with stay as they were, but
 * for NATS' own, which would have an effect here, and ours, which would be believed: these are kept
 * under another name.
 */
final class DeadLetterHeaders {
  private static final String PREFIX = "Bb-Dead-";
  private static final String SUBJECT = PREFIX + "Subject";
  private static final String STREAM = PREFIX + "Stream";
  private static final String SEQUENCE = PREFIX + "Sequence";
  private static final String CONSUMER = PREFIX + "Consumer";
  private static final String ACTION = PREFIX + "Action";
  private static final String REQUEST_ID = PREFIX + "Request-Id";
  private static final String SERVICE = PREFIX + "Service";
  private static final String INSTANCE = PREFIX + "Instance";
  private static final String ATTEMPTS = PREFIX + "Attempts";
  private static final String CODE = PREFIX + "Code";
  private static final String MESSAGE = PREFIX + "Message";
  private static final String AT = PREFIX + "At";
  private static final String REDRIVES = PREFIX + "Redrives";
  private static final String ORIGINAL = PREFIX + "Original-";
  private static final String NATS = "nats-";

  private DeadLetterHeaders() {}

  static Map<String, String> of(DeadLetter letter) {
    var headers = new LinkedHashMap<String, String>();
    letter
        .headers()
        .forEach((name, value) -> headers.put(isTaken(name) ? ORIGINAL + name : name, value));
    headers.put(SUBJECT, letter.origin().subject());
    switch (letter.origin()) {
      case Origin.Event event -> {
        headers.put(STREAM, event.stream());
        headers.put(SEQUENCE, Long.toString(event.sequence()));
        headers.put(CONSUMER, event.consumer());
      }
      case Origin.Request request -> {
        headers.put(ACTION, request.action());
        headers.put(REQUEST_ID, request.requestId());
      }
    }
    headers.put(SERVICE, letter.service());
    headers.put(INSTANCE, letter.instance());
    headers.put(ATTEMPTS, Integer.toString(letter.attempts()));
    headers.put(CODE, letter.code().name());
    headers.put(MESSAGE, HeaderText.legible(letter.message()));
    headers.put(AT, letter.at().toString());
    headers.put(REDRIVES, Integer.toString(letter.redrives()));
    return headers;
  }

  /** Empty if a message that is no dead letter got into the queue. */
  static Optional<DeadLetter> parse(Map<String, String> headers, byte[] payload) {
    try {
      return Optional.of(
          new DeadLetter(
              origin(headers),
              text(headers, SERVICE),
              text(headers, INSTANCE),
              Integer.parseInt(text(headers, ATTEMPTS)),
              ErrorCode.valueOf(text(headers, CODE)),
              text(headers, MESSAGE),
              Instant.parse(text(headers, AT)),
              Integer.parseInt(text(headers, REDRIVES)),
              original(headers),
              ByteString.copyFrom(payload)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Origin origin(Map<String, String> headers) {
    String subject = text(headers, SUBJECT);
    return headers.containsKey(STREAM)
        ? new Origin.Event(
            subject,
            text(headers, STREAM),
            Long.parseLong(text(headers, SEQUENCE)),
            text(headers, CONSUMER))
        : new Origin.Request(subject, text(headers, ACTION), text(headers, REQUEST_ID));
  }

  private static Map<String, String> original(Map<String, String> headers) {
    var original = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> {
      if (name.startsWith(ORIGINAL)) {
        original.put(name.substring(ORIGINAL.length()), value);
      } else if (!name.startsWith(PREFIX) && !isNats(name)) {
        original.put(name, value);
      }
    });
    return original;
  }

  private static String text(Map<String, String> headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no header " + name + " in " + headers.keySet());
    }
    return value;
  }

  /** What we or NATS would take for our own, whoever it came from. */
  private static boolean isTaken(String name) {
    return isNats(name) || name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  private static boolean isNats(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(NATS);
  }
}
