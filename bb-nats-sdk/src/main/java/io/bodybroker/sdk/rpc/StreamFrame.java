package io.bodybroker.sdk.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.DirectMessage;
import io.bodybroker.sdk.internal.HeaderBlock;
import io.nats.client.Message;
import io.nats.client.impl.Headers;

/**
 * What a writer sends to the reader's inbox. Every frame but the last says in its reply subject
 * where the writer listens; the last ones, {@link End} and {@link Failure}, say how many messages
 * there were, so that a reader knows if it has them all.
 */
sealed interface StreamFrame {
  String SEQUENCE = "Bb-Stream-Seq";
  String STATUS = "Bb-Stream-Status";

  String OPEN = "open";

  int NO_RESPONDERS = 503;

  /** Of a number that fits a {@code long}, whatever its digits are. */
  int MOST_DIGITS = 18;

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

  static HeaderBlock open() {
    return HeaderBlock.builder().put(STATUS, OPEN).build();
  }

  static HeaderBlock alive() {
    return HeaderBlock.builder().put(STATUS, "alive").build();
  }

  static HeaderBlock data(long sequence) {
    return HeaderBlock.builder().put(SEQUENCE, sequence).build();
  }

  static HeaderBlock end(long count) {
    return HeaderBlock.builder().put(SEQUENCE, count).put(STATUS, "end").build();
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
      case null -> sequence > 0 ? new Data(sequence, payload(message)) : foreign("no", SEQUENCE);
      case OPEN -> new Open();
      case "alive" -> new Alive();
      case "end" -> sequence >= 0 ? new End(sequence) : foreign("an end without", SEQUENCE);
      default -> foreign("an unknown", STATUS);
    };
  }

  /** Whether a frame is {@link Open} and says nothing else. */
  static boolean isPlainOpen(DirectMessage message) {
    return message.hasOnly(STATUS) && OPEN.equals(message.firstHeader(STATUS));
  }

  /** The sequence number of a frame that is {@link Data} and says nothing else; 0 of any other. */
  static long plainSequence(DirectMessage message) {
    return message.hasOnly(SEQUENCE) ? Math.max(0, sequence(message)) : 0;
  }

  /** What a {@link Data} frame carries. */
  static ByteString payload(Message message) {
    return UnsafeByteOperations.unsafeWrap(message.getData());
  }

  private static Foreign foreign(String what, String header) {
    return new Foreign("a frame with " + what + " header " + header);
  }

  /** Negative if there is none. */
  private static long sequence(Message message) {
    String text = WireHeaders.first(message, SEQUENCE);
    return text != null && WireHeaders.isNumber(text, MOST_DIGITS) ? Long.parseLong(text) : -1;
  }
}
