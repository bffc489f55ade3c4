package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/**
 * Where the handler of a streaming method sends its messages.
 *
 * <p>The stream ends when the handler returns; it ends with an error when the handler throws.
 * Thread-safe: messages go in the order in which {@link #send} is entered.
 *
 * @param <R> the response
 */
public interface ResponseWriter<R extends Message> {
  /**
   * Sends a message, as soon as the reader has room for it: a slow reader slows its writer down,
   * and nothing piles up on the way.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code CANCELLED} when the stream has ended,
   *     because nobody reads any more, the connection to NATS is lost or this instance shuts down,
   *     or when this thread is interrupted (its interrupt status is kept); {@code INTERNAL} if the
   *     message is too large for NATS; a handler lets them pass
   */
  void send(R message);

  /**
   * Whether the stream has ended, so that further work is wasted. The handler's thread is
   * interrupted when that happens.
   */
  boolean isClosed();
}
