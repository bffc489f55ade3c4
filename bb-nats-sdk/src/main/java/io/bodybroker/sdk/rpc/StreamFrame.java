package io.bodybroker.sdk.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.regex.Pattern;

/**
 * What a writer sends to the reader's inbox. Every frame but the last says in its reply subject
 * where the writer listens; the last ones, {@link End} and {@link Failure}, say how many messages
 * there were, so that a reader knows if it has them all.
 */
sealed interface StreamFrame {
  String SEQUENCE = "Bb-Stream-Seq";
  String STATUS = "Bb-Stream-Status";

  int NO_RESPONDERS = 503;

  /** The request is being served; nothing is known of its messages yet. */
  record Open() implements StreamFrame {}

  /** The handler is at work, though it has nothing to send or no credit to. */
  record Alive() implements StreamFrame {}

  /**
   * One message.
   *
   * @param sequence counts from 1
   */
  record Data(long sequence, ByteString payload) implements StreamFrame {}

  /** The handler has sent all it had. */
  record End(long count) implements StreamFrame {}

  /** The handler failed after {@code count} messages, or was never begun. */
  record Failure(long count, ServiceException error) implements StreamFrame {}

  /** Nobody listens where a request or a {@linkplain StreamSignal signal} was sent. */
  record NobodyListens() implements StreamFrame {}

  /** Not a frame of this protocol. */
  record Foreign(String what) implements StreamFrame {}

  static Headers open() {
    return new Headers().put(STATUS, "open");
  }

  static Headers alive() {
    return new Headers().put(STATUS, "alive");
  }

  static Headers data(long sequence) {
    return new Headers().put(SEQUENCE, Long.toString(sequence));
  }

  static Headers end(long count) {
    return data(count).put(STATUS, "end");
  }

  static Headers failure(long count, ServiceException error) {
    return ErrorReply.headers(error).put(SEQUENCE, Long.toString(count));
  }

  /** Reads a frame. */
  static StreamFrame read(Message message) {
    if (message.isStatusMessage()) {
      return message.getStatus().getCode() == NO_RESPONDERS
          ? new NobodyListens()
          : new Foreign("status " + message.getStatus().getCode());
    }
    long sequence = sequence(message);
    if (ErrorReply.isError(message)) {
      return new Failure(Math.max(sequence, 0), ErrorReply.read(message));
    }
    String status = WireHeaders.first(message, STATUS);
    return switch (status) {
      case null ->
          sequence > 0
              ? new Data(sequence, UnsafeByteOperations.unsafeWrap(message.getData()))
              : foreign("no", SEQUENCE);
      case "open" -> new Open();
      case "alive" -> new Alive();
      case "end" -> sequence >= 0 ? new End(sequence) : foreign("an end without", SEQUENCE);
      default -> foreign("an unknown", STATUS);
    };
  }

  private static Foreign foreign(String what, String header) {
    return new Foreign("a frame with " + what + " header " + header);
  }

  /** Negative if there is none. */
  private static long sequence(Message message) {
    String text = WireHeaders.first(message, SEQUENCE);
    return text != null && Digits.MATCHER.matcher(text).matches() ? Long.parseLong(text) : -1;
  }

  /** Keeps the pattern out of the interface's own constants. */
  final class Digits {
    private static final Pattern MATCHER = Pattern.compile("[0-9]{1,18}");

    private Digits() {}
  }
}
