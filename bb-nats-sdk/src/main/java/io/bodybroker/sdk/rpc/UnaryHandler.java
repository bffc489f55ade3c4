package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/**
 * Answers one request. Runs on a virtual thread of its own and may block; it is interrupted when
 * its deadline has passed.
 *
 * @param <Q> the request
 * @param <R> the response
 */
@FunctionalInterface
public interface UnaryHandler<Q extends Message, R extends Message> {
  /**
   * The answer.
   *
   * @param request its fields of type {@code bytes} share the memory of the message that came: who
   *     keeps one of them for long keeps all of it, and may copy it
   * @throws io.bodybroker.sdk.error.ServiceException to answer with its code; anything else becomes
   *     {@code INTERNAL} with an error id, and its text never leaves the process
   */
  R handle(Q request, CallContext call);
}
