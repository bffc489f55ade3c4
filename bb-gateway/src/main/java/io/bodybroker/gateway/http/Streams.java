package io.bodybroker.gateway.http;

import com.google.protobuf.Message;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.problem.HttpProblems;
import io.bodybroker.gateway.session.Guard;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcMethod;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Opens streams, so many at once, and ends those that last when the gateway stops. Thread-safe. */
final class Streams implements AutoCloseable {
  /**
   * How long the status of a reply waits for the first message. Longer, and a client that watches
   * what seldom changes would wonder whether it is connected.
   */
  private static final Duration FIRST = Duration.ofMillis(500);

  private final RpcCaller caller;
  private final JsonCodec json;
  private final StreamLimits limits;
  private final HttpMeters meters;
  private final Semaphore room;
  private final Set<StreamedReply> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isStopping;

  Streams(RpcCaller caller, JsonCodec json, StreamLimits limits, HttpMeters meters) {
    this.meters = meters;
    this.caller = caller;
    this.json = json;
    this.limits = limits;
    this.room = new Semaphore(limits.most());
  }

  /** After how long without a message a stream is written to. */
  Duration keepAlive() {
    return limits.keepAlive();
  }

  int open() {
    return open.size();
  }

  /**
   * Opens a stream; whoever gets it closes it. Fails as the call does, or with its first error.
   *
   * @param guard sees to it that it ends when its reader may no longer have it
   */
  StreamedReply open(
      HttpBinding binding, Message request, CallOptions options, StreamFormat format, Guard guard) {
    if (!room.tryAcquire()) {
      meters.refused(HttpMeters.Limit.STREAMS);
      throw HttpProblems.tooManyStreams(limits.most());
    }
    StreamedReply reply;
    try {
      reply = opened(binding, request, options, format, guard);
    } catch (RuntimeException e) {
      room.release();
      throw e;
    }
    try {
      reply.awaitFirst(FIRST);
      if (isStopping) {
        throw HttpProblems.stopping();
      }
      return reply;
    } catch (RuntimeException e) {
      reply.close();
      throw e;
    }
  }

  private StreamedReply opened(
      HttpBinding binding, Message request, CallOptions options, StreamFormat format, Guard guard) {
    var stream = stream(binding.method(), request, options);
    var reply = new StreamedReply(stream, binding, format, limits, json, guard, this::closed);
    open.add(reply);
    return reply;
  }

  private void closed(StreamedReply reply) {
    if (open.remove(reply)) {
      room.release();
    }
  }

  @SuppressWarnings("unchecked") // the binding built the request from the method's own default
  private <Q extends Message, R extends Message> ResponseStream<R> stream(
      RpcMethod<Q, R> method, Message request, CallOptions options) {
    return caller.open(method, (Q) request, options);
  }

  /** Ends all streams, telling their clients to come back. */
  @Override
  public void close() {
    isStopping = true;
    open.forEach(StreamedReply::stop);
  }
}
