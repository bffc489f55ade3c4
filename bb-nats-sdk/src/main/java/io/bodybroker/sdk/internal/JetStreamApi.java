package io.bodybroker.sdk.internal;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.api.MessageGetRequest;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.support.NatsRequestCompletableFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
 *
 * <p>Thread-safe.
 */
public final class JetStreamApi {
  private final Supplier<Connection> connections;
  private final Duration timeout;

  /**
   * @param connections the connection to use now; may throw {@code UNAVAILABLE}. It must refuse to
   *     send while it is not connected ({@code reconnectBufferSize(0)}), else a write that was
   *     reported as failed could still be sent after a reconnect
   */
  public JetStreamApi(Supplier<Connection> connections, Duration timeout) {
    this.connections = connections;
    this.timeout = timeout;
  }

  /** How long one answer may take. */
  public Duration timeout() {
    return timeout;
  }

  /** A connection that is up, or {@code UNAVAILABLE} at once. */
  public Connection connection() {
    Connection connection = connections.get();
    if (connection.getStatus() != Connection.Status.CONNECTED) {
      throw ClientErrors.notSent("not connected to NATS: " + connection.getStatus(), null);
    }
    return connection;
  }

  /** The management of streams and consumers over this connection. */
  public JetStreamManagement management(Connection connection) throws IOException {
    return PermittedManagement.over(
        connection,
        connection.jetStreamManagement(JetStreamOptions.builder().requestTimeout(timeout).build()));
  }

  /**
   * The answer to one request.
   *
   * @throws NobodyListens if no server took it: JetStream is off, or no stream has the subject
   * @throws ServiceException {@code UNAVAILABLE} if it could not be sent or was not answered in
   *     time
   */
  public Message request(String subject, @Nullable Headers headers, byte[] body)
      throws NobodyListens {
    var future = send(subject, headers, body);
    try {
      return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("waiting for JetStream", true, e);
    } catch (ExecutionException e) {
      throw toError(future, unwrapped(e));
    } catch (TimeoutException | CancellationException e) {
      throw toError(future, e);
    } finally {
      future.cancel(false);
    }
  }

  /**
   * The answer to one request, when it comes; fails with what {@link #request} throws. Completed on
   * a thread of the connection: whoever goes on from it must not block.
   *
   * @throws ServiceException {@code UNAVAILABLE} if it could not be sent
   */
  public CompletableFuture<Message> requestAsync(
      String subject, @Nullable Headers headers, byte[] body) {
    var future = send(subject, headers, body);
    return future
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(failure -> {
          try {
            return CompletableFuture.failedFuture(toError(future, unwrapped(failure)));
          } catch (NobodyListens e) {
            return CompletableFuture.failedFuture(e);
          }
        });
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure.getCause() != null
            && (failure instanceof CompletionException || failure instanceof ExecutionException)
        ? failure.getCause()
        : failure;
  }

  private CompletableFuture<Message> send(String subject, @Nullable Headers headers, byte[] body) {
    Connection connection = connection();
    long size = (long) body.length + (headers == null ? 0 : headers.serializedLength());
    if (size > connection.getMaxPayload()) {
      throw ClientErrors.client(
          ErrorCode.RESOURCE_EXHAUSTED,
          "message of "
              + size
              + " bytes (expected: at most "
              + connection.getMaxPayload()
              + ", the server's limit)",
          false,
          null);
    }
    try {
      var answer = connection.requestWithTimeout(subject, headers, body, timeout.plusSeconds(1));
      DeniedSubjects.of(connection).ifPresent(denied -> denied.expect(subject, answer));
      return answer;
    } catch (IllegalStateException e) {
      throw ClientErrors.notSent("not connected to NATS: " + e.getMessage(), e);
    }
  }

  private ServiceException toError(CompletableFuture<Message> future, Throwable cause)
      throws NobodyListens {
    if (cause instanceof ServiceException denied) {
      return denied;
    }
    if (cause instanceof TimeoutException) {
      return ClientErrors.unanswered(
          "JetStream did not answer within " + timeout.toMillis() + " ms", cause);
    }
    if (cause instanceof JetStreamStatusException) {
      throw new NobodyListens(cause);
    }
    if (cause instanceof CancellationException) {
      if (future instanceof NatsRequestCompletableFuture request
          && (request.wasCancelledClosing() || request.wasCancelledTimedOut())) {
        return ClientErrors.unanswered(
            "the connection to NATS closed before JetStream answered", cause);
      }
      throw new NobodyListens(cause);
    }
    return ClientErrors.unanswered("no answer from JetStream: " + cause, cause);
  }

  /**
   * The last message of a stream whose subject matches; empty if there is none.
   *
   * @throws NobodyListens if JetStream is not there now
   * @throws JetStreamApiException if the server refuses, such as for a stream that is not there
   */
  public Optional<MessageInfo> last(String stream, String subject)
      throws NobodyListens, JetStreamApiException {
    return get(stream, MessageGetRequest.lastForSubject(subject));
  }

  /**
   * The first message of a stream with this sequence or a higher one whose subject matches; empty
   * if there is none.
   *
   * @throws NobodyListens if JetStream is not there now
   * @throws JetStreamApiException if the server refuses, such as for a stream that is not there
   */
  public Optional<MessageInfo> next(String stream, long sequence, String subject)
      throws NobodyListens, JetStreamApiException {
    return get(stream, MessageGetRequest.nextForSubject(sequence, subject));
  }

  /**
   * The message of a stream with this sequence; empty if there is none.
   *
   * @throws NobodyListens if JetStream is not there now
   * @throws JetStreamApiException if the server refuses, such as for a stream that is not there
   */
  public Optional<MessageInfo> at(String stream, long sequence)
      throws NobodyListens, JetStreamApiException {
    return get(stream, MessageGetRequest.forSequence(sequence));
  }

  private Optional<MessageInfo> get(String stream, MessageGetRequest question)
      throws NobodyListens, JetStreamApiException {
    var answer = request("$JS.API.STREAM.MSG.GET." + stream, null, question.serialize());
    try {
      return Optional.of(new MessageInfo(answer, stream, false).throwOnHasError());
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isNoMessage(e.getApiErrorCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** As {@link #failed}; says so if the server we are connected to has no JetStream. */
  public ServiceException explained(String what, Exception cause) {
    if (cause instanceof IOException) {
      var server = connection().getServerInfo();
      if (!server.isJetStreamAvailable()) {
        return ClientErrors.notSent(
            "%s: JetStream is not enabled on nats-server %s (expected: --jetstream, or a jetstream block in its configuration)"
                .formatted(what, server.getServerName()),
            cause);
      }
    }
    return failed(what, cause);
  }

  /** The error for a management request that failed. */
  public static ServiceException failed(String what, Exception cause) {
    if (cause instanceof JetStreamApiException refusal) {
      return JetStreamCodes.toError(what, refusal);
    }
    if (Thread.currentThread().isInterrupted()) {
      return ClientErrors.interrupted(what, false, cause);
    }
    return ClientErrors.notSent(what + ": " + cause.getMessage(), cause);
  }

  /** No server took the request, so nothing can have happened. */
  public static final class NobodyListens extends Exception {
    private static final long serialVersionUID = 1L;

    NobodyListens(Throwable cause) {
      super("no JetStream server took the request", cause);
    }
  }
}
