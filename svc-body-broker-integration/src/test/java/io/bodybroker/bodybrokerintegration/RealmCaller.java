package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcMethod;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Calls the realm without a server in between. */
record RealmCaller(Realm realm) implements RpcCaller {
  @Override
  public <Q extends Message, R extends Message> R call(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    var answer = realm.answer(method.name(), request, options.metadata().idempotencyKey());
    @SuppressWarnings("unchecked") // the realm answers each request with its response
    R typed = (R) answer;
    return typed;
  }

  @Override
  public <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    return CompletableFuture.completedFuture(call(method, request, options));
  }

  @Override
  public <Q extends Message, R extends Message> ResponseStream<R> open(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    throw new AssertionError("nothing is streamed");
  }

  @Override
  public <Q extends Message, R extends Message> CompletableFuture<Void> openAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options, Consumer<? super R> responses) {
    throw new AssertionError("nothing is streamed");
  }
}
