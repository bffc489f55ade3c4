package io.bodybroker.sdk.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.Deliveries;
import io.bodybroker.sdk.telemetry.EndpointMeters;
import io.bodybroker.sdk.telemetry.Observation;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.nats.client.MessageHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/**
 * One method being served: takes requests off the subscription's thread, at most so many at once,
 * and refuses those that are late, too many or not what the contract says.
 *
 * @param <Q> the request
 * @param <R> the response
 */
abstract sealed class ServedMethod<Q extends Message, R extends Message>
    permits ServedUnary, ServedStreaming {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());

  private final RpcMethod<Q, R> method;
  private final RequestRules rules;
  private final RpcTelemetry telemetry;
  private final Replies replies;
  private final TransitTimes transits;
  private final FailedRequests failures;
  private final Duration defaultTimeout;
  private final int limit;
  private final Semaphore permits;
  private final ThreadFactory threads;
  private final EndpointStats stats = new EndpointStats();
  private final EndpointMeters meters;

  /**
   * Serves a method.
   *
   * @param limit most requests at work at once
   */
  ServedMethod(RpcMethod<Q, R> method, RpcServer.Environment environment, int limit) {
    this.method = method;
    this.rules = RequestRules.of(method.descriptor().getInputType());
    this.telemetry = environment.telemetry();
    this.replies = environment.replies();
    this.transits = environment.transits();
    this.failures = environment.failures();
    failures.expect(method);
    this.defaultTimeout = environment.config().callTimeout();
    this.limit = limit;
    this.permits = new Semaphore(limit);
    this.threads = Thread.ofVirtual().name("serve-" + method.endpoint()).factory();
    this.meters = telemetry.endpoint(method.operation(), this::inFlight, limit);
  }

  /** How one method of a contract is served. */
  static ServedMethod<?, ?> of(
      ServiceBinding.MethodBinding binding, RpcServer.Environment environment) {
    return switch (binding) {
      case ServiceBinding.Unary<?, ?> unary -> new ServedUnary<>(unary, environment);
      case ServiceBinding.Streaming<?, ?> streaming ->
          new ServedStreaming<>(streaming, environment);
    };
  }

  RpcMethod<Q, R> method() {
    return method;
  }

  EndpointStats stats() {
    return stats;
  }

  int inFlight() {
    return limit - permits.availablePermits();
  }

  /** What a subscription to this method does with its messages. */
  final MessageHandler receiver(Deliveries deliveries) {
    if (!(this instanceof ServedUnary<?, ?>)) {
      return this::receive;
    }
    var atOnce =
        new Deliveries.Receiver() {
          @Override
          public boolean wants(String subject) {
            return permits.availablePermits() > 0;
          }

          @Override
          public boolean take(io.nats.client.Message message) {
            return ServedMethod.this.take(message);
          }
        };
    return request -> {
      deliveries.learn(request, atOnce);
      receive(request);
    };
  }

  /**
   * Called on the connection's thread: takes what can begin at once. All else waits its turn, where
   * it may be refused.
   */
  private boolean take(io.nats.client.Message request) {
    long arrived = System.nanoTime();
    Duration timeout = WireHeaders.readTimeout(request, defaultTimeout);
    Duration left = timeout.minus(transit(SentAt.read(request), arrived));
    if (timeout.isZero() || !left.isPositive() || !permits.tryAcquire()) {
      return false;
    }
    start(new ServedCall(request, arrived, arrived + left.toNanos()));
    return true;
  }

  private Duration transit(Optional<SentAt> sent, long arrived) {
    return sent.map(at -> transits.measure(at, arrived)).orElse(Duration.ZERO);
  }

  /**
   * Called on the subscription's thread, so it only decides whether there is room and hands over.
   */
  final void receive(io.nats.client.Message request) {
    long arrived = System.nanoTime();
    Duration timeout = WireHeaders.readTimeout(request, defaultTimeout);
    if (timeout.isZero()) {
      meters.expired();
      refuse(request, arrived, deadlineExceeded(false));
      return;
    }
    Optional<SentAt> sent = SentAt.read(request);
    Duration transit = transit(sent, arrived);
    Duration left = timeout.minus(transit);
    if (sent.isPresent() && !left.isPositive()) {
      meters.expired();
      refuse(request, arrived, LateRequest.refusal(sent.get(), transit, timeout));
      return;
    }
    if (!permits.tryAcquire()) {
      stats.shed();
      meters.overloaded();
      refuse(request, arrived, overloaded());
      return;
    }
    start(new ServedCall(request, arrived, arrived + left.toNanos()));
  }

  /** Answers a request that no work was begun for, and that is not observed. */
  final void refuse(io.nats.client.Message request, long arrivedNanos, ServiceException error) {
    meters.refused(error.code(), System.nanoTime() - arrivedNanos);
    stats.failed(error.code(), 0);
    replies.error(request, error);
    failures.failed(method, request, error);
  }

  /** A request has failed, and was answered so if it wanted an answer. */
  final void failed(ServedCall call, ServiceException error) {
    failures.failed(method, call.request(), error);
  }

  /** Starts to serve a request, on a thread of its own that ends with {@link #release}. */
  abstract void start(ServedCall call);

  final Thread thread(Runnable task) {
    return threads.newThread(task);
  }

  final void release() {
    permits.release();
  }

  final Observation observe(ServedCall call) {
    return telemetry.serverCall(meters, call.arrivedNanos(), call.request(), WireHeaders.GETTER);
  }

  /**
   * The request, as the contract wants it.
   *
   * @throws ServiceException if it is late, or not that
   */
  final Q read(ServedCall call) {
    if (call.isExpired()) {
      meters.expired();
      throw deadlineExceeded(false);
    }
    Q request = parse(call.request().getData());
    List<FieldViolation> violations = rules.check(request);
    if (!violations.isEmpty()) {
      throw ServiceException.invalidArgument(violations);
    }
    return request;
  }

  private Q parse(byte[] payload) {
    try {
      return Payloads.parse(payload, method.requestDefault());
    } catch (InvalidProtocolBufferException e) {
      String type = method.requestDefault().getDescriptorForType().getFullName();
      throw ServiceException.builder(
              ErrorCode.INVALID_ARGUMENT,
              "payload of %d bytes is not a %s".formatted(payload.length, type))
          .mayHaveExecuted(false)
          .cause(e)
          .build();
    }
  }

  /** The cause goes to the log under an id; only the id leaves the process. */
  final ServiceException internal(Throwable cause) {
    String errorId = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "handler of " + method + " failed, error id " + errorId, cause);
    return ServiceException.builder(
            ErrorCode.INTERNAL, method + " failed; its log has the cause under " + errorId)
        .errorId(errorId)
        .cause(cause)
        .build();
  }

  final ServiceException deadlineExceeded(boolean mayHaveExecuted) {
    return ServiceException.builder(
            ErrorCode.DEADLINE_EXCEEDED, "the caller's time was up before " + method + " was done")
        .mayHaveExecuted(mayHaveExecuted)
        .build();
  }

  private ServiceException overloaded() {
    return ServiceException.builder(
            ErrorCode.RESOURCE_EXHAUSTED,
            "%s serves %d calls already (expected: at most that many at once)"
                .formatted(method, limit))
        .mayHaveExecuted(false)
        .build();
  }
}
