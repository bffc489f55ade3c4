package io.bodybroker.sdk.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.Letterbox;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of requests that nobody else can learn from: those that cannot be decoded,
 * those whose handler failed with {@code INTERNAL}, and those that fail while nobody waits for an
 * answer. Told after the answer is sent, and never waits. Thread-safe.
 */
final class FailedRequests {
  private static final String REDRIVES = "Bb-Redrives";
  private static final String NO_REQUEST_ID = "-";
  private static final int MOST_CAUSES = 5;

  private final @Nullable Letterbox letterbox;
  private final String instance;
  private final Map<String, Letterbox.Slot> slots = new ConcurrentHashMap<>();

  /**
   * @param letterbox where the letters go; without one, none are made
   * @param instance which process this is
   */
  FailedRequests(@Nullable Letterbox letterbox, String instance) {
    this.letterbox = letterbox;
    this.instance = instance;
  }

  /** A method will be served: what is dropped of its service is counted from the start. */
  void expect(RpcMethod<?, ?> method) {
    if (letterbox != null) {
      slots.computeIfAbsent(method.service(), letterbox::slot);
    }
  }

  /** A request was answered with an error, or would have been if it wanted an answer. */
  void failed(RpcMethod<?, ?> method, Message request, ServiceException error) {
    Letterbox.Slot slot = slots.get(method.service());
    if (slot == null) {
      return;
    }
    kind(request, error)
        .ifPresent(kind -> slot.drop(kind, now -> letter(method, request, error, now)));
  }

  /** Empty if its caller knows all there is to know. */
  private static Optional<Letterbox.Kind> kind(Message request, ServiceException error) {
    boolean isOneWay = request.getReplyTo() == null;
    if (!isOneWay && WireHeaders.first(request, REDRIVES) != null) {
      return Optional.empty(); // its letter stays in the queue, and counts how often it came back
    }
    if (error.code() == ErrorCode.INVALID_ARGUMENT
        && error.getCause() instanceof InvalidProtocolBufferException) {
      return Optional.of(Letterbox.Kind.UNDECODABLE);
    }
    if (isOneWay) {
      return Optional.of(Letterbox.Kind.ONE_WAY);
    }
    return error.code() == ErrorCode.INTERNAL
        ? Optional.of(Letterbox.Kind.INTERNAL)
        : Optional.empty();
  }

  private DeadLetter letter(
      RpcMethod<?, ?> method, Message request, ServiceException error, Instant now) {
    Map<String, String> headers = headers(request);
    int redrives = redrives(headers.get(REDRIVES));
    return new DeadLetter(
        new DeadLetter.Origin.Request(
            request.getSubject(),
            method.endpoint(),
            headers.getOrDefault(WireHeaders.REQUEST_ID, NO_REQUEST_ID)),
        method.service(),
        instance,
        redrives + 1,
        error.code(),
        method.redaction().isNeeded() ? message(error) + Redaction.NOTE : message(error),
        now,
        redrives,
        headers,
        method.redaction().payload(request.getData()));
  }

  /** The first value of each header; NATS allows more, we write none. */
  private static Map<String, String> headers(Message request) {
    var headers = new LinkedHashMap<String, String>();
    if (request.hasHeaders()) {
      for (String name : request.getHeaders().keySet()) {
        headers.put(name, request.getHeaders().getFirst(name));
      }
    }
    return headers;
  }

  private static int redrives(@Nullable String text) {
    return text != null && text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  /** For operators: what the caller was told, and what it was not. */
  private static String message(ServiceException error) {
    var text = new StringBuilder(error.message());
    Throwable cause = error.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++, cause = cause.getCause()) {
      text.append("; ").append(cause);
    }
    return text.toString();
  }
}
