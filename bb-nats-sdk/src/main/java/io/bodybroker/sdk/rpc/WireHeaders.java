package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.internal.HeaderText;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside a payload: the header names of the wire protocol, written and read in one
 * place.
 */
final class WireHeaders {
  static final String REQUEST_ID = "Bb-Request-Id";
  static final String TIMEOUT_MS = "Bb-Timeout-Ms";
  static final String USER = "Bb-User";
  static final String TENANT = "Bb-Tenant";
  static final String CLIENT = "Bb-Client";
  static final String IDEMPOTENCY_KEY = "Bb-Idempotency-Key";
  static final String HEADER_PREFIX = "Bb-Header-";
  static final String ERROR = "Nats-Service-Error";
  static final String ERROR_CODE = "Nats-Service-Error-Code";

  static final TextMapSetter<Headers> SETTER =
      (headers, key, value) -> {
        if (headers != null) {
          headers.put(key, value);
        }
      };

  static final TextMapGetter<Message> GETTER =
      (message, key) -> message == null ? null : first(message, key);

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private WireHeaders() {}

  static void writeMetadata(CallMetadata metadata, Headers headers) {
    metadata.requestId().ifPresent(value -> headers.put(REQUEST_ID, HeaderText.encode(value)));
    metadata.user().ifPresent(value -> headers.put(USER, HeaderText.encode(value)));
    metadata.tenant().ifPresent(value -> headers.put(TENANT, HeaderText.encode(value)));
    metadata.client().ifPresent(value -> headers.put(CLIENT, HeaderText.encode(value)));
    metadata
        .idempotencyKey()
        .ifPresent(value -> headers.put(IDEMPOTENCY_KEY, HeaderText.encode(value)));
    metadata
        .headers()
        .forEach((name, value) -> headers.put(HEADER_PREFIX + name, HeaderText.encode(value)));
  }

  static CallMetadata readMetadata(Message message) {
    if (!message.hasHeaders()) {
      return CallMetadata.empty();
    }
    var metadata =
        CallMetadata.builder()
            .requestId(decoded(message, REQUEST_ID))
            .user(decoded(message, USER))
            .tenant(decoded(message, TENANT))
            .client(decoded(message, CLIENT))
            .idempotencyKey(decoded(message, IDEMPOTENCY_KEY));
    for (String name : message.getHeaders().keySet()) {
      if (name.startsWith(HEADER_PREFIX)) {
        readHeader(message, name, metadata);
      }
    }
    return metadata.build();
  }

  /** What no client of ours would send is not worth failing a call for. */
  private static void readHeader(Message message, String name, CallMetadata.Builder metadata) {
    String value = decoded(message, name);
    String own = name.substring(HEADER_PREFIX.length());
    if (value != null && CallMetadata.isHeaderName(own)) {
      metadata.header(own, value);
    }
  }

  static void writeTimeout(Duration timeout, Headers headers) {
    headers.put(TIMEOUT_MS, Long.toString(timeout.toMillis()));
  }

  /**
   * How long the caller will still wait. Empty if it did not say. Anything but a number counts as
   * not waiting at all: a caller we do not understand must not make us do work twice.
   */
  static Optional<Duration> readTimeout(Message message) {
    String text = first(message, TIMEOUT_MS);
    if (text == null) {
      return Optional.empty();
    }
    if (!DIGITS.matcher(text).matches()) {
      return Optional.of(Duration.ZERO);
    }
    var timeout = Duration.ofMillis(Long.parseLong(text));
    return Optional.of(
        timeout.compareTo(CallOptions.MAX_TIMEOUT) > 0 ? CallOptions.MAX_TIMEOUT : timeout);
  }

  static @Nullable String first(Message message, String key) {
    return message.hasHeaders() ? message.getHeaders().getFirst(key) : null;
  }

  private static @Nullable String decoded(Message message, String key) {
    String text = first(message, key);
    return text == null ? null : HeaderText.decode(text);
  }
}
