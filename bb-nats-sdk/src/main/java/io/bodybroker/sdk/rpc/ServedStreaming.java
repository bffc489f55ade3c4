package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.telemetry.Observation;
import io.bodybroker.sdk.telemetry.StreamMeters;
import java.util.Optional;

/**
 * A method that answers each request with a stream of messages.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class ServedStreaming<Q extends Message, R extends Message> extends ServedMethod<Q, R> {
  private final StreamHandler<Q, R> handler;
  private final ServedStreams streams;
  private final StreamMeters meters;

  ServedStreaming(ServiceBinding.Streaming<Q, R> binding, RpcServer.Environment environment) {
    super(binding.method(), environment, environment.config().serveMaxStreams());
    this.handler = binding.handler();
    this.streams = environment.streams();
    this.meters = environment.telemetry().streams(binding.method().operation());
  }

  /** A request without a reply subject has nobody to stream to, and nobody to be told so. */
  @Override
  void start(ServedCall call) {
    if (call.request().getReplyTo() == null) {
      refuse(
          call.request(),
          call.arrivedNanos(),
          ServiceException.of(ErrorCode.INVALID_ARGUMENT, "no reply subject to stream to"));
      release();
      return;
    }
    ServedStream<R> stream = streams.begin(call.request(), meters);
    try {
      thread(() -> serve(call, stream)).start();
    } catch (Throwable e) { // there is no memory for a thread
      end(stream);
      throw e;
    }
  }

  private void serve(ServedCall call, ServedStream<R> stream) {
    try {
      serve(call, stream, observe(call));
    } catch (Throwable e) { // of the application's tracer
      fail(call, stream, internal(e));
    } finally {
      end(stream);
    }
  }

  private void end(ServedStream<R> stream) {
    streams.end(stream);
    release();
  }

  private void serve(ServedCall call, ServedStream<R> stream, Observation observation) {
    try {
      run(call, stream, observation);
    } catch (ServiceException e) {
      fail(call, stream, e);
    } catch (Throwable e) {
      if (!stream.isClosed()) {
        fail(call, stream, internal(e));
      }
    } finally {
      observeEnd(call, observation, stream.outcome());
    }
  }

  private void fail(ServedCall call, ServedStream<R> stream, ServiceException error) {
    stream.fail(error);
    failed(call, error);
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private void run(ServedCall call, ServedStream<R> stream, Observation observation)
      throws InterruptedException {
    Q request = read(call);
    var context = CallContext.withoutDeadline(WireHeaders.readMetadata(call.request()));
    try (var scope = observation.context().with(context).makeCurrent()) {
      stream.open();
      handler.handle(request, context, stream);
      stream.end();
    }
  }

  /** A reader that has read enough is no error of the endpoint's. */
  private void observeEnd(
      ServedCall call, Observation observation, Optional<ServiceException> error) {
    if (error.isEmpty()) {
      stats().answered(call.elapsedNanos());
      observation.succeed();
      return;
    }
    ServiceException cause = error.get();
    if (cause.code() == ErrorCode.CANCELLED) {
      stats().answered(call.elapsedNanos());
    } else {
      stats().failed(cause.code(), call.elapsedNanos());
    }
    observation.fail(cause);
  }
}
