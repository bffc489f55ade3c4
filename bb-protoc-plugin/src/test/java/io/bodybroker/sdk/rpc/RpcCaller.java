package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a generated client calls through. */
public interface RpcCaller {
  <Q extends Message, R extends Message> R call(
      RpcMethod<Q, R> method, Q request, CallOptions options);

  <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options);

  <Q extends Message, R extends Message> ResponseStream<R> open(
      RpcMethod<Q, R> method, Q request, CallOptions options);

  <Q extends Message, R extends Message> CompletableFuture<Void> openAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options, Consumer<? super R> consumer);
}
