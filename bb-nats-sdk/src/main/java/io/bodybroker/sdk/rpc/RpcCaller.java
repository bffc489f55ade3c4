package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
   * Calls without waiting for the answer. The request is sent by this thread, which waits only
   * while the connection has more to send than it takes, for some seconds at most.
   *
   * @return completes as {@link #call} would, on a virtual thread that may be blocked, under the
   *     OpenTelemetry context of the caller; {@code cancel} cancels the call
   */
  <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options);

  /**
   * Opens a stream and waits until it is being served.
   *
   * <p>The timeout of the options is for the opening; a stream lasts until it ends or is closed. If
   * its contract says how a stream is resumed, it goes on by itself when its instance or the
   * connection is lost, for as long as {@code stream.resume-for} says.
   *
   * @return the stream, to be closed by the caller
   * @throws io.bodybroker.sdk.error.ServiceException if it is not opened, as for {@link #call}
   */
  <Q extends Message, R extends Message> ResponseStream<R> open(
      RpcMethod<Q, R> method, Q request, CallOptions options);

  /**
   * Opens a stream and gives each of its messages to a consumer, one after the other; a slow
   * consumer slows the writer down.
   *
   * @return completes when the stream has ended, or as {@link ResponseStream#next} fails, or with
   *     what the consumer threw; cancelling it closes the stream
   */
  <Q extends Message, R extends Message> CompletableFuture<Void> openAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options, Consumer<? super R> consumer);
}
