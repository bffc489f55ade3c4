package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/** What a generated binding refers to for a streaming method. */
@FunctionalInterface
public interface StreamHandler<Q extends Message, R extends Message> {
  void handle(Q request, CallContext call, ResponseWriter<R> responses) throws InterruptedException;
}
