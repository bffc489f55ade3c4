package io.bodybroker.sdk.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.telemetry.Observation;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * One method being served: takes requests off the subscription's thread, at most so many at once,
 * and answers each exactly once.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class ServedMethod<Q extends Message, R extends Message> {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());

  private final RpcMethod<Q, R> method;
  private final UnaryHandler<Q, R> handler;
  private final RequestRules rules;
  private final RpcTelemetry telemetry;
  private final ServedCalls calls;
  private final Replies replies;
  private final Duration defaultTimeout;
  private final int limit;
  private final Semaphore permits;
  private final EndpointStats stats = new EndpointStats();

  ServedMethod(ServiceBinding.MethodBinding<Q, R> binding, RpcServer.Environment environment) {
    this.method = binding.method();
    this.handler = binding.handler();
    this.rules = RequestRules.of(method.descriptor().getInputType());
    this.telemetry = environment.telemetry();
    this.calls = environment.calls();
    this.replies = environment.replies();
    this.defaultTimeout = environment.config().callTimeout();
    this.limit = environment.config().serveMaxConcurrency();
    this.permits = new Semaphore(limit);
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

  /**
   * Called on the subscription's thread, so it only decides whether there is room and hands over.
   */
  void receive(io.nats.client.Message request) {
    long arrived = System.nanoTime();
    Duration timeout = WireHeaders.readTimeout(request).orElse(defaultTimeout);
    if (timeout.isZero()) {
      stats.failed(ErrorCode.DEADLINE_EXCEEDED.name(), 0);
      replies.error(request, deadlineExceeded(false));
      return;
    }
    if (!permits.tryAcquire()) {
      stats.shed();
      replies.error(request, overloaded());
      return;
    }
    var call = new ServedCall(request, arrived, arrived + timeout.toNanos());
    Thread thread =
        Thread.ofVirtual().name("serve-" + method.endpoint()).unstarted(() -> serve(call));
    calls.begin(call, thread);
    thread.start();
  }

  private void serve(ServedCall call) {
    Observation observation =
        telemetry.serverCall(method.operation(), call.request(), WireHeaders.GETTER);
    try {
      R response = handle(call, observation);
      if (call.claimAnswer()) {
        replies.answer(call.request(), response);
        stats.answered(call.elapsedNanos());
        observation.succeed();
      } else {
        observation.fail(deadlineExceeded(true));
      }
    } catch (ServiceException e) {
      fail(call, observation, e);
    } catch (Throwable e) {
      fail(call, observation, call.isExpired() ? late(call, e) : internal(e));
    } finally {
      calls.end(call);
      permits.release();
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private R handle(ServedCall call, Observation observation) {
    if (call.isExpired()) {
      throw deadlineExceeded(false);
    }
    Q request = parse(call.request().getData());
    List<FieldViolation> violations = rules.check(request);
    if (!violations.isEmpty()) {
      throw ServiceException.invalidArgument(violations);
    }
    var context = new CallContext(WireHeaders.readMetadata(call.request()), call.deadlineNanos());
    try (var scope = observation.context().with(context).makeCurrent()) {
      R response = handler.handle(request, context);
      if (response == null) {
        throw new NullPointerException("the handler of " + method + " returned null");
      }
      return response;
    }
  }

  private void fail(ServedCall call, Observation observation, ServiceException error) {
    if (call.claimAnswer()) {
      replies.error(call.request(), error);
    }
    stats.failed(error.code().name(), call.elapsedNanos());
    observation.fail(error);
  }

  @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
  private Q parse(byte[] payload) {
    try {
      return (Q) method.requestDefault().getParserForType().parseFrom(payload);
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
  private ServiceException internal(Throwable cause) {
    String errorId = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "handler of " + method + " failed, error id " + errorId, cause);
    return ServiceException.builder(
            ErrorCode.INTERNAL, method + " failed; its log has the cause under " + errorId)
        .errorId(errorId)
        .cause(cause)
        .build();
  }

  /** An interrupt at the deadline ends a handler in many ways, none of which is its mistake. */
  private ServiceException late(ServedCall call, Throwable cause) {
    LOG.log(
        Level.WARNING,
        "handler of "
            + method
            + " ended "
            + Duration.ofNanos(call.elapsedNanos()).toMillis()
            + " ms after its request came, when its caller had stopped waiting: "
            + cause);
    return deadlineExceeded(true);
  }

  private ServiceException overloaded() {
    return ServiceException.builder(
            ErrorCode.RESOURCE_EXHAUSTED,
            "%s serves %d calls already (expected: at most that many at once)"
                .formatted(method, limit))
        .mayHaveExecuted(false)
        .build();
  }

  private ServiceException deadlineExceeded(boolean mayHaveExecuted) {
    return ServiceException.builder(
            ErrorCode.DEADLINE_EXCEEDED, "the caller's time was up before " + method + " was done")
        .mayHaveExecuted(mayHaveExecuted)
        .build();
  }
}
