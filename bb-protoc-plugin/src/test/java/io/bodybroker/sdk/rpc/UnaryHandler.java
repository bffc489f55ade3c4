package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/** What a generated service method is bound as. */
@FunctionalInterface
public interface UnaryHandler<Q extends Message, R extends Message> {
  R handle(Q request, CallContext call);
}
