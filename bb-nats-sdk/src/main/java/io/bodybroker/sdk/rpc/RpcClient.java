package io.bodybroker.sdk.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.HeaderBlock;
import io.bodybroker.sdk.resilience.CallPolicy;
import io.bodybroker.sdk.resilience.ResilienceListener;
import io.bodybroker.sdk.telemetry.Observation;
import io.bodybroker.sdk.telemetry.RequestIds;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calling end: deadline, resilience, headers, and the reply's meaning.
 *
 * <p>The asynchronous call is the blocking one on a virtual thread, so there is one way through
 * this code. Thread-safe.
 */
public final class RpcClient implements RpcCaller {
  private final BusConfig config;
  private final RpcTelemetry telemetry;
  private final ResilienceListener listener;
  private final Requests requests;
  private final TimeoutOnly timeoutOnly = new TimeoutOnly();
  private final Map<String, CallPolicy> policies = new ConcurrentHashMap<>();

  /** A client over a connection of the {@code CALL} role, which its owner closes. */
  public RpcClient(
      SupervisedConnection connection,
      BusConfig config,
      RpcTelemetry telemetry,
      ResilienceListener listener) {
    this.config = config;
    this.telemetry = telemetry;
    this.listener = listener;
    this.requests = new Requests(connection, StreamPace.of(config));
  }

  @Override
  public <Q extends Message, R extends Message> R call(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    method.requireUnary();
    CallContext serving = CallContext.current();
    long deadline = deadline(options, serving);
    CallMetadata metadata = metadata(options, serving);
    Observation observation = telemetry.clientCall(method.operation());
    try {
      byte[] payload = request.toByteArray();
      R response =
          policy(method)
              .execute(
                  method.idempotency().mayRepeat(),
                  deadline,
                  timeout -> {
                    var headers = headers(metadata, observation.context(), timeout);
                    return heeding(
                        () -> answer(method, requests.exchange(method, headers, payload, timeout)));
                  });
      observation.succeed();
      return response;
    } catch (ServiceException e) {
      observation.fail(e);
      throw e;
    }
  }

  @Override
  public <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    return async(method, () -> call(method, request, options));
  }

  @Override
  public <Q extends Message, R extends Message> ResponseStream<R> open(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    method.requireServerStreaming();
    CallContext serving = CallContext.current();
    long deadline = deadline(options, serving);
    CallMetadata metadata = metadata(options, serving);
    ReceivedStream<R> stream = open(method, request, metadata, deadline);
    return method
        .resume()
        .<ResponseStream<R>>map(resume ->
            new ResumingStream<>(
                request,
                stream,
                again -> open(method, again, metadata, Deadlines.after(config.callTimeout())),
                resume,
                policy(method)::pauseAfter,
                config.streamResumeFor()))
        .orElse(stream);
  }

  private <Q extends Message, R extends Message> ReceivedStream<R> open(
      RpcMethod<Q, R> method, Q request, CallMetadata metadata, long deadline) {
    Observation observation = telemetry.clientStream(method.operation());
    try {
      byte[] payload = request.toByteArray();
      ReceivedStream<R> stream =
          policy(method)
              .execute(
                  method.idempotency().mayRepeat(),
                  deadline,
                  timeout -> {
                    var headers = allHeaders(metadata, observation.context(), timeout);
                    return heeding(() -> requests.open(method, headers, payload, timeout));
                  });
      stream.observedBy(observation);
      return stream;
    } catch (ServiceException e) {
      observation.fail(e);
      throw e;
    }
  }

  @Override
  public <Q extends Message, R extends Message> CompletableFuture<Void> openAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options, Consumer<? super R> consumer) {
    return async(
        method,
        () -> {
          try (var stream = open(method, request, options)) {
            stream.forEach(consumer);
            return null;
          }
        });
  }

  private static <T> CompletableFuture<T> async(RpcMethod<?, ?> method, Supplier<T> blocking) {
    var result = new CompletableFuture<T>();
    var caller =
        Thread.ofVirtual()
            .name("call-" + method.endpoint())
            .unstarted(
                Context.current()
                    .wrap(() -> {
                      try {
                        result.complete(blocking.get());
                      } catch (Throwable e) {
                        result.completeExceptionally(e);
                      }
                    }));
    var unused =
        result.whenComplete((response, error) -> {
          if (result.isCancelled()) {
            caller.interrupt();
          }
        });
    caller.start();
    return result;
  }

  private HeaderBlock headers(CallMetadata metadata, Context context, Duration timeout) {
    return metadata.isEmpty() && !RpcTelemetry.isTraced(context)
        ? timeoutOnly.of(timeout)
        : allHeaders(metadata, context, timeout).build();
  }

  private HeaderBlock.Builder allHeaders(CallMetadata metadata, Context context, Duration timeout) {
    var headers = HeaderBlock.builder();
    WireHeaders.writeTimeout(timeout.toMillis(), headers);
    WireHeaders.writeMetadata(metadata, headers);
    telemetry.inject(context, headers, WireHeaders.SETTER);
    return headers;
  }

  private <T> T heeding(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (ServiceException e) {
      throw requests.heed(e);
    }
  }

  private static <R extends Message> R answer(
      RpcMethod<?, R> method, io.nats.client.Message reply) {
    if (ErrorReply.isError(reply)) {
      throw ErrorReply.read(reply);
    }
    return parse(method, reply.getData());
  }

  private static <R extends Message> R parse(RpcMethod<?, R> method, byte[] data) {
    try {
      return Payloads.parse(data, method.responseDefault());
    } catch (InvalidProtocolBufferException e) {
      throw ServiceException.builder(
              ErrorCode.INTERNAL, "the answer of " + method + " is not a " + responseName(method))
          .origin(ErrorOrigin.CLIENT)
          .cause(e)
          .build();
    }
  }

  private static String responseName(RpcMethod<?, ?> method) {
    return method.responseDefault().getDescriptorForType().getFullName();
  }

  private CallPolicy policy(RpcMethod<?, ?> method) {
    CallPolicy known = policies.get(method.service());
    return known == null
        ? policies.computeIfAbsent(
            method.service(), target -> CallPolicy.create(target, config, listener))
        : known;
  }

  private long deadline(CallOptions options, @Nullable CallContext serving) {
    long now = System.nanoTime();
    long own = now + options.timeout().orElse(config.callTimeout()).toNanos();
    return serving == null || own - serving.deadlineNanos() < 0 ? own : serving.deadlineNanos();
  }

  /** Whoever handles an event works for the request that it was published for. */
  private static CallMetadata forTheRequestAtWork(CallMetadata given) {
    return RequestIds.current()
        .map(id -> given.orElse(CallMetadata.builder().requestId(id).build()))
        .orElse(given);
  }

  private static CallMetadata metadata(CallOptions options, @Nullable CallContext serving) {
    return serving == null
        ? forTheRequestAtWork(options.metadata())
        : options.metadata().orElse(serving.metadata().inherited());
  }
}
