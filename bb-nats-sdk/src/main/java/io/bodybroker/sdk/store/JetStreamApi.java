package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.support.NatsRequestCompletableFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to JetStream, with what went wrong told apart.
 *
 * <p>jnats answers a synchronous request with {@code null} alike for a timeout, for nobody
 * listening and for a closed connection. Its asynchronous form does tell: so requests go through
 * the future here, with a bound of their own, because that future expires only on a coarse tick.
 */
final class JetStreamApi {
  private final Supplier<Connection> connections;
  private final Duration timeout;

  /**
   * @param connections the connection to use now; may throw {@code UNAVAILABLE}. It must refuse to
   *     send while it is not connected ({@code reconnectBufferSize(0)}), else a write that was
   *     reported as failed could still be sent after a reconnect
   */
  JetStreamApi(Supplier<Connection> connections, Duration timeout) {
    this.connections = connections;
    this.timeout = timeout;
  }

  Duration timeout() {
    return timeout;
  }

  /** A connection that is up, or {@code UNAVAILABLE} at once. */
  Connection connection() {
    Connection connection = connections.get();
    if (connection.getStatus() != Connection.Status.CONNECTED) {
      throw StoreErrors.notSent("not connected to NATS: " + connection.getStatus(), null);
    }
    return connection;
  }

  JetStreamManagement management(Connection connection) throws IOException {
    return connection.jetStreamManagement(
        JetStreamOptions.builder().requestTimeout(timeout).build());
  }

  /**
   * The answer to one request.
   *
   * @throws NobodyListens if no server took it: JetStream is off, or no stream has the subject
   * @throws ServiceException {@code UNAVAILABLE} if it could not be sent or was not answered in
   *     time
   */
  Message request(String subject, @Nullable Headers headers, byte[] body) throws NobodyListens {
    var future = send(subject, headers, body);
    try {
      return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw StoreErrors.unanswered(
          "JetStream did not answer within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      throw StoreErrors.interrupted("waiting for JetStream", true, e);
    } catch (CancellationException e) {
      throw cancelled(future, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JetStreamStatusException) {
        throw new NobodyListens(e);
      }
      throw StoreErrors.unanswered("no answer from JetStream: " + e.getCause(), e.getCause());
    } finally {
      future.cancel(false);
    }
  }

  private CompletableFuture<Message> send(String subject, @Nullable Headers headers, byte[] body) {
    Connection connection = connection();
    if (body.length > connection.getMaxPayload()) {
      throw StoreErrors.client(
          ErrorCode.RESOURCE_EXHAUSTED,
          "document of "
              + body.length
              + " bytes (expected: at most "
              + connection.getMaxPayload()
              + ", the server's limit)",
          false,
          null);
    }
    try {
      return connection.requestWithTimeout(subject, headers, body, timeout.plusSeconds(1));
    } catch (IllegalStateException e) {
      throw StoreErrors.notSent("not connected to NATS: " + e.getMessage(), e);
    }
  }

  private static ServiceException cancelled(
      CompletableFuture<Message> future, CancellationException cause) throws NobodyListens {
    if (future instanceof NatsRequestCompletableFuture request
        && (request.wasCancelledClosing() || request.wasCancelledTimedOut())) {
      return StoreErrors.unanswered(
          "the connection to NATS closed before JetStream answered", cause);
    }
    throw new NobodyListens(cause);
  }

  /** The error for a management request that failed. */
  static ServiceException failed(String what, Exception cause) {
    if (cause instanceof JetStreamApiException refusal) {
      return JetStreamCodes.toError(what, refusal);
    }
    if (Thread.currentThread().isInterrupted()) {
      return StoreErrors.interrupted(what, false, cause);
    }
    return StoreErrors.notSent(what + ": " + cause.getMessage(), cause);
  }

  /** No server took the request, so nothing can have happened. */
  static final class NobodyListens extends Exception {
    private static final long serialVersionUID = 1L;

    NobodyListens(Throwable cause) {
      super("no JetStream server took the request", cause);
    }
  }
}
