package io.bodybroker.sdk.event;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.v1.Error;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A message to whoever listens, who says that it has it. */
final class ConfirmedSend {
  private static final String ERROR = "Nats-Service-Error";

  private ConfirmedSend() {}

  /**
   * Sends and waits for the answer.
   *
   * @throws ServiceException as {@link Events#deliver} says
   */
  static void send(
      Connection connection, String subject, Headers headers, byte[] payload, Duration timeout) {
    CompletableFuture<Message> answer;
    try {
      answer = connection.requestWithTimeout(subject, headers, payload, timeout.plusSeconds(1));
    } catch (IllegalStateException e) {
      throw ClientErrors.notSent("connection to NATS lost before the message was sent", e);
    }
    try {
      check(subject, answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("waiting for the answer from " + subject, true, e);
    } catch (TimeoutException e) {
      throw ClientErrors.client(
          ErrorCode.DEADLINE_EXCEEDED,
          "no answer from %s within %d ms".formatted(subject, timeout.toMillis()),
          true,
          e);
    } catch (ExecutionException | CancellationException e) {
      throw unanswered(subject, e);
    } finally {
      answer.cancel(false);
    }
  }

  /** jnats cancels what nobody listens to, unless it is told to report it. */
  private static ServiceException unanswered(String subject, Exception cause) {
    return cause instanceof CancellationException
            || cause.getCause() instanceof JetStreamStatusException
        ? ClientErrors.notSent("nobody listens on " + subject, cause)
        : ClientErrors.unanswered("no answer from " + subject, cause);
  }

  private static void check(String subject, Message answer) {
    if (answer.isStatusMessage()) {
      throw ClientErrors.notSent("nobody listens on " + subject, null);
    }
    var headers = EventHeaders.flat(answer.getHeaders());
    if (headers.containsKey(ERROR) || headers.containsKey(ERROR + "-Code")) {
      throw refused(answer, headers.getOrDefault(ERROR, "refused without a word"));
    }
  }

  private static ServiceException refused(Message answer, String text) {
    try {
      var error = Error.parseFrom(answer.getData());
      if (error.getCode() != Error.Code.CODE_UNSPECIFIED
          && error.getCode() != Error.Code.UNRECOGNIZED) {
        return from(ErrorCode.valueOf(error.getCode().name()), error.getMessage());
      }
      return from(ErrorCode.UNKNOWN, text);
    } catch (InvalidProtocolBufferException e) {
      return from(ErrorCode.UNKNOWN, text).toBuilder().cause(e).build();
    }
  }

  private static ServiceException from(ErrorCode code, String text) {
    return ServiceException.builder(code, text).origin(ErrorOrigin.SERVER).build();
  }
}
