package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/**
 * Answers one request with a stream of messages. Runs on a virtual thread of its own and may block;
 * it is interrupted when nobody reads any more. It has no deadline: the request's timeout is for
 * the opening of the stream.
 *
 * @param <Q> the request
 * @param <R> the response
 */
@FunctionalInterface
public interface StreamHandler<Q extends Message, R extends Message> {
  /**
   * Sends the messages; the stream ends when it returns.
   *
   * @throws io.bodybroker.sdk.error.ServiceException to end the stream with its code; anything else
   *     becomes {@code INTERNAL} with an error id, and its text never leaves the process
   * @throws InterruptedException when nobody reads any more
   */
  void handle(Q request, CallContext call, ResponseWriter<R> responses) throws InterruptedException;
}
