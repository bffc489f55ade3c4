package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.telemetry.Observation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * A method that answers each request exactly once.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class ServedUnary<Q extends Message, R extends Message> extends ServedMethod<Q, R> {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());

  private final UnaryHandler<Q, R> handler;
  private final ServedCalls calls;
  private final Replies replies;

  ServedUnary(ServiceBinding.Unary<Q, R> binding, RpcServer.Environment environment) {
    super(binding.method(), environment, environment.config().serveMaxConcurrency());
    this.handler = binding.handler();
    this.calls = environment.calls();
    this.replies = environment.replies();
  }

  @Override
  void start(ServedCall call) {
    Thread thread = thread(() -> serve(call));
    calls.begin(call, thread);
    try {
      thread.start();
    } catch (Throwable e) { // there is no memory for a thread
      calls.end(call);
      release();
      throw e;
    }
  }

  private void serve(ServedCall call) {
    try {
      serve(call, observe(call));
    } catch (Throwable e) { // of the application's tracer
      ServiceException error = internal(e);
      if (call.claimAnswer()) {
        refuse(call.request(), call.arrivedNanos(), error);
      }
    } finally {
      calls.end(call);
      release();
    }
  }

  private void serve(ServedCall call, Observation observation) {
    try {
      R response = handle(call, observation);
      if (call.claimAnswer()) {
        replies.answer(call.request(), response);
        stats().answered(call.elapsedNanos());
        observation.succeed();
      } else {
        ended(call, observation, deadlineExceeded(true));
      }
    } catch (ServiceException e) {
      fail(call, observation, e);
    } catch (Throwable e) {
      fail(call, observation, call.isExpired() ? late(call, e) : internal(e));
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private R handle(ServedCall call, Observation observation) {
    Q request = read(call);
    var context = new CallContext(WireHeaders.readMetadata(call.request()), call.deadlineNanos());
    try (var scope = observation.context().with(context).makeCurrent()) {
      R response = handler.handle(request, context);
      if (response == null) {
        throw new NullPointerException("the handler of " + method() + " returned null");
      }
      return response;
    }
  }

  private void fail(ServedCall call, Observation observation, ServiceException error) {
    if (call.claimAnswer()) {
      replies.error(call.request(), error);
    }
    ended(call, observation, error);
    failed(call, error);
  }

  private void ended(ServedCall call, Observation observation, ServiceException error) {
    stats().failed(error.code(), call.elapsedNanos());
    observation.fail(error);
  }

  /** An interrupt at the deadline ends a handler in many ways, none of which is its mistake. */
  private ServiceException late(ServedCall call, Throwable cause) {
    LOG.log(
        Level.WARNING,
        "handler of "
            + method()
            + " ended "
            + Duration.ofNanos(call.elapsedNanos()).toMillis()
            + " ms after its request came, when its caller had stopped waiting: "
            + cause);
    return deadlineExceeded(true);
  }
}
