package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.internal.DirectMessage;
import io.bodybroker.sdk.internal.HeaderBlock;
import io.bodybroker.sdk.internal.HeaderText;
import io.nats.client.Message;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside a payload: the header names of the wire protocol, written and read in one
 * place.
 */
final class WireHeaders {
  /** What all of ours begin with; a trace context's do not. */
  private static final String PREFIX = "Bb-";

  static final String REQUEST_ID = "Bb-Request-Id";
  static final String TIMEOUT_MS = "Bb-Timeout-Ms";
  static final String USER = "Bb-User";
  static final String TENANT = "Bb-Tenant";
  static final String CLIENT = "Bb-Client";
  static final String IDEMPOTENCY_KEY = "Bb-Idempotency-Key";
  static final String HEADER_PREFIX = "Bb-Header-";
  static final String ERROR = "Nats-Service-Error";
  static final String ERROR_CODE = "Nats-Service-Error-Code";

  static final TextMapSetter<HeaderBlock.Builder> SETTER =
      (headers, key, value) -> {
        if (headers != null) {
          headers.put(key, value);
        }
      };

  static final TextMapGetter<Message> GETTER =
      (message, key) -> message == null ? null : first(message, key);

  private static final int MOST_DIGITS = 9;

  private WireHeaders() {}

  static void writeMetadata(CallMetadata metadata, HeaderBlock.Builder headers) {
    if (metadata.isEmpty()) {
      return;
    }
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
    if (message instanceof DirectMessage direct) {
      return readMetadata(direct);
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
        readHeader(name, decoded(message, name), metadata);
      }
    }
    return metadata.build();
  }

  /**
   * All in one pass over the bytes; a call that no other is behind says nothing but its time, and
   * perhaps its trace.
   */
  private static CallMetadata readMetadata(DirectMessage message) {
    if (message.hasNoneBut(PREFIX, TIMEOUT_MS)) {
      return CallMetadata.empty();
    }
    var metadata = CallMetadata.builder();
    message.forEachHeader(
        PREFIX,
        (name, value) -> {
          switch (name) {
            case REQUEST_ID -> metadata.requestId(HeaderText.decode(value));
            case USER -> metadata.user(HeaderText.decode(value));
            case TENANT -> metadata.tenant(HeaderText.decode(value));
            case CLIENT -> metadata.client(HeaderText.decode(value));
            case IDEMPOTENCY_KEY -> metadata.idempotencyKey(HeaderText.decode(value));
            default -> {
              if (name.startsWith(HEADER_PREFIX)) {
                readHeader(name, HeaderText.decode(value), metadata);
              }
            }
          }
        });
    return metadata.build();
  }

  /** What no client of ours would send is not worth failing a call for. */
  private static void readHeader(
      String name, @Nullable String value, CallMetadata.Builder metadata) {
    String own = name.substring(HEADER_PREFIX.length());
    if (value != null && CallMetadata.isHeaderName(own)) {
      metadata.header(own, value);
    }
  }

  static void writeTimeout(long millis, HeaderBlock.Builder headers) {
    headers.put(TIMEOUT_MS, millis);
  }

  /**
   * How long the caller will still wait. Anything but a number counts as not waiting at all: a
   * caller we do not understand must not make us do work twice.
   *
   * @param unsaid if it did not say
   */
  static Duration readTimeout(Message message, Duration unsaid) {
    String text = first(message, TIMEOUT_MS);
    if (text == null) {
      return unsaid;
    }
    if (!isNumber(text, MOST_DIGITS)) {
      return Duration.ZERO;
    }
    var timeout = Duration.ofMillis(Integer.parseInt(text));
    return timeout.compareTo(CallOptions.MAX_TIMEOUT) > 0 ? CallOptions.MAX_TIMEOUT : timeout;
  }

  static boolean isNumber(String text, int mostDigits) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= mostDigits;
  }

  static @Nullable String first(Message message, String key) {
    if (message instanceof DirectMessage direct) {
      return direct.firstHeader(key);
    }
    return message.hasHeaders() ? message.getHeaders().getFirst(key) : null;
  }

  private static @Nullable String decoded(Message message, String key) {
    String text = first(message, key);
    return text == null ? null : HeaderText.decode(text);
  }
}
