package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import java.util.concurrent.CompletableFuture;

/**
 * Makes calls. Generated clients are built on it; code that knows a method only at run time, such
 * as a gateway, uses it directly.
 *
 * <p>Thread-safe.
 */
public interface RpcCaller {
  /**
   * Calls and waits for the answer, with all of the resilience that the options ask for.
   *
   * @return the answer
   * @throws io.bodybroker.sdk.error.ServiceException if there is none; {@code UNAVAILABLE} at once
   *     when no connection is up or nobody serves the subject; {@code CANCELLED} if this thread is
   *     interrupted, with its interrupt status kept
   */
  <Q extends Message, R extends Message> R call(
      RpcMethod<Q, R> method, Q request, CallOptions options);

  /**
   * Calls without waiting.
   *
   * @return completes as {@link #call} would, on a thread that may be blocked; cancelling it
   *     cancels the call
   */
  <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options);
}
