package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.resilience.CallPolicy;
import io.bodybroker.sdk.resilience.ResilienceListener;
import io.bodybroker.sdk.telemetry.Observation;
import io.bodybroker.sdk.telemetry.RequestIds;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calling end: deadline, resilience, headers, and the reply's meaning.
 *
 * <p>Thread-safe.
 */
public final class RpcClient implements RpcCaller {
  private final BusConfig config;
  private final RpcTelemetry telemetry;
  private final ResilienceListener listener;
  private final Requests requests;
  private final CallHeaders headers;
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
    this.headers = new CallHeaders(telemetry);
  }

  @Override
  public <Q extends Message, R extends Message> R call(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    return begin(method, request, options).await();
  }

  @Override
  public <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    UnaryCall<R> call;
    try {
      call = begin(method, request, options);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return AsyncCall.begin(call);
  }

  private <Q extends Message, R extends Message> UnaryCall<R> begin(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    method.requireUnary();
    CallContext serving = CallContext.current();
    return new UnaryCall<>(
        method,
        request.toByteArray(),
        metadata(options, serving),
        telemetry.clientCall(method.operation()),
        policy(method).begin(method.idempotency().mayRepeat(), deadline(options, serving)),
        requests,
        headers);
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
                    var given = headers.begin(metadata, observation.context(), timeout);
                    return requests.heeding(() -> requests.open(method, given, payload, timeout));
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
    var result = new CompletableFuture<Void>();
    var reader =
        Thread.ofVirtual()
            .name("read-" + method.endpoint())
            .unstarted(
                Context.current()
                    .wrap(() -> {
                      try {
                        read(open(method, request, options), consumer);
                        result.complete(null);
                      } catch (Throwable e) {
                        result.completeExceptionally(e);
                      }
                    }));
    var unused =
        result.whenComplete((nothing, error) -> {
          if (result.isCancelled()) {
            reader.interrupt();
          }
        });
    reader.start();
    return result;
  }

  private static <R extends Message> void read(
      ResponseStream<R> stream, Consumer<? super R> consumer) {
    try (stream) {
      stream.forEach(consumer);
    }
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
