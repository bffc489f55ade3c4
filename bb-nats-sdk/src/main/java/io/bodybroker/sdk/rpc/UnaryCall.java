package io.bodybroker.sdk.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.resilience.Attempts;
import io.bodybroker.sdk.telemetry.Observation;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One call to a method that answers once, until it is answered or given up. Either {@link #await}
 * is called, or {@link #begin} and then one of the others. One thread at a time.
 *
 * @param <R> the response
 */
final class UnaryCall<R extends Message> {
  private final RpcMethod<?, R> method;
  private final byte[] payload;
  private final CallMetadata metadata;
  private final Observation observation;
  private final Attempts attempts;
  private final Requests requests;
  private final CallHeaders headers;
  private boolean isObserved;

  UnaryCall(
      RpcMethod<?, R> method,
      byte[] payload,
      CallMetadata metadata,
      Observation observation,
      Attempts attempts,
      Requests requests,
      CallHeaders headers) {
    this.method = method;
    this.payload = payload;
    this.metadata = metadata;
    this.observation = observation;
    this.attempts = attempts;
    this.requests = requests;
    this.headers = headers;
  }

  /** Makes it, and waits for the answer. */
  R await() {
    return observed(() -> attempts.run(this::attempt));
  }

  private R attempt(Duration timeout) {
    var given = headers.of(metadata, observation.context(), timeout);
    return requests.heeding(() -> answer(requests.exchange(method, given, payload, timeout)));
  }

  /**
   * Makes its first attempt, and does not wait for the answer.
   *
   * @param whenOver told once, as {@link Requests#begin} does, and then to call {@link #finish}
   * @throws ServiceException if nothing was sent, to be given to {@link #recover}
   */
  PendingReply begin(Consumer<PendingReply> whenOver) {
    Duration timeout = attempts.admit();
    var given = headers.of(metadata, observation.context(), timeout);
    return requests.begin(method, given, payload, timeout, whenOver);
  }

  /** The answer, or that of further attempts, which this waits for. */
  R finish(PendingReply reply) {
    return observed(() -> {
      R response;
      try {
        response = requests.heeding(() -> answer(reply.reply()));
      } catch (ServiceException e) {
        return attempts.recover(e, this::attempt);
      }
      attempts.answered();
      return response;
    });
  }

  /** Waits for the answer of further attempts, if the first that could not be made allows any. */
  R recover(ServiceException failure) {
    return observed(() -> attempts.recover(failure, this::attempt));
  }

  /**
   * Gives up what it holds, if it has not ended as calls do.
   *
   * @param cause why it has ended
   */
  void abandon(Throwable cause) {
    attempts.abandon();
    observeFailure(cause);
  }

  private R observed(Supplier<R> answer) {
    R response;
    try {
      response = answer.get();
    } catch (Throwable e) {
      observeFailure(e);
      throw e;
    }
    isObserved = true;
    observation.succeed();
    return response;
  }

  private void observeFailure(Throwable cause) {
    if (isObserved) {
      return;
    }
    isObserved = true;
    observation.fail(
        cause instanceof ServiceException known
            ? known
            : ServiceException.builder(ErrorCode.INTERNAL, "the call of " + method + " broke off")
                .origin(ErrorOrigin.CLIENT)
                .cause(cause)
                .build());
  }

  private R answer(io.nats.client.Message reply) {
    if (ErrorReply.isError(reply)) {
      throw ErrorReply.read(reply);
    }
    try {
      return Payloads.parse(reply.getData(), method.responseDefault());
    } catch (InvalidProtocolBufferException e) {
      String expected = method.responseDefault().getDescriptorForType().getFullName();
      throw ServiceException.builder(
              ErrorCode.INTERNAL, "the answer of " + method + " is not a " + expected)
          .origin(ErrorOrigin.CLIENT)
          .cause(e)
          .build();
    }
  }
}
