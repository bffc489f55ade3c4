package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;

/** A constant of a generated contract. */
public record RpcMethod<Q extends Message, R extends Message>(
    MethodDescriptor descriptor, Q requestDefault, R responseDefault) {
  public static <Q extends Message, R extends Message> RpcMethod<Q, R> unary(
      MethodDescriptor descriptor, Q requestDefault, R responseDefault) {
    return new RpcMethod<>(descriptor, requestDefault, responseDefault);
  }

  public static <Q extends Message, R extends Message> RpcMethod<Q, R> serverStreaming(
      MethodDescriptor descriptor, Q requestDefault, R responseDefault) {
    return new RpcMethod<>(descriptor, requestDefault, responseDefault);
  }
}
