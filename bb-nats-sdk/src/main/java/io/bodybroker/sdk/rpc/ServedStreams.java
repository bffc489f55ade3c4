package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.telemetry.StreamMeters;
import io.nats.client.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All streams being written in one process. Thread-safe. */
final class ServedStreams {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());

  private final SupervisedConnection connection;
  private final Inbox signals;
  private final StreamPace pace;
  private final Set<ServedStream<?>> open = ConcurrentHashMap.newKeySet();

  ServedStreams(
      SupervisedConnection connection, BusConfig config, ScheduledExecutorService sweeper) {
    this.connection = connection;
    this.signals = new Inbox(connection, this::onStray);
    this.pace = StreamPace.of(config);
    long pause = Math.max(1, pace.keepAlive().toMillis() / 4);
    var unused = sweeper.scheduleWithFixedDelay(this::sweep, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** A stream that answers a request, which has a reply subject. */
  <R extends com.google.protobuf.Message> ServedStream<R> begin(
      Message request, StreamMeters meters) {
    var stream =
        new ServedStream<R>(
            connection,
            signals,
            request.getReplyTo(),
            StreamSignal.firstCredit(request).orElse(pace.window()),
            meters);
    open.add(stream);
    return stream;
  }

  /** The handler has returned. */
  void end(ServedStream<?> stream) {
    open.remove(stream);
  }

  int count() {
    return open.size();
  }

  /** Ends every stream, so that its reader can go on with another instance. */
  void abortAll() {
    var error =
        ServiceException.of(
            ErrorCode.UNAVAILABLE, "this instance shuts down; another one can go on");
    open.forEach(stream -> stream.abort(error));
  }

  private void sweep() {
    for (ServedStream<?> stream : open) {
      try {
        stream.sweep(pace);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "looking after a stream failed", e);
      }
    }
  }

  /** A reader that asks after a stream that is no more learns that, instead of waiting. */
  private void onStray(Message signal) {
    if (signal.getReplyTo() == null || signal.isStatusMessage()) {
      return;
    }
    var error = ServiceException.of(ErrorCode.UNAVAILABLE, "the stream is not being served");
    try {
      connection
          .require()
          .publish(signal.getReplyTo(), StreamFrame.failure(0, error), ErrorReply.body(error));
    } catch (ServiceException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "a question after a stream that is no more was not answered", e);
    }
  }
}
