package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stream that goes on where it was broken off: if its instance or the connection is lost, it is
 * opened anew, after the last position its reader has seen, until that has failed for too long. One
 * that is opened and breaks off again without a message has failed too.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class ResumingStream<Q extends Message, R extends Message> implements ResponseStream<R> {
  /** A stream that lasts so long was sound: its handler had all it needs, if nothing to send. */
  private static final Duration SOUND = Duration.ofSeconds(5);

  private final Function<Q, ReceivedStream<R>> opener;
  private final StreamResume resume;
  private final IntFunction<Duration> pauses;
  private final Duration patience;
  private Q request;
  private volatile ReceivedStream<R> current;
  private volatile boolean isClosed;
  private @Nullable ServiceException gaveUp;
  private boolean isBroken;
  private long openedNanos = System.nanoTime();
  private long brokenNanos;
  private long retryNanos;
  private int failures;

  /**
   * A stream that is open.
   *
   * @param opener opens it anew
   * @param pauses how long to wait after so many failures
   * @param patience for how long to try
   */
  ResumingStream(
      Q request,
      ReceivedStream<R> first,
      Function<Q, ReceivedStream<R>> opener,
      StreamResume resume,
      IntFunction<Duration> pauses,
      Duration patience) {
    this.request = request;
    this.current = first;
    this.opener = opener;
    this.resume = resume;
    this.pauses = pauses;
    this.patience = patience;
  }

  @Override
  public Optional<R> next() {
    awaitNext(Deadlines.NEVER);
    if (gaveUp != null) {
      throw gaveUp;
    }
    Optional<R> message = current.next();
    message.ifPresent(last -> {
      request = resume.after(request, last);
      failures = 0;
    });
    return message;
  }

  @Override
  public boolean awaitNext(Duration timeout) {
    long deadline = Deadlines.after(timeout);
    while (gaveUp == null) {
      if (!isBroken) {
        if (!current.awaitNext(Deadlines.left(deadline))) {
          return false;
        }
        Optional<ServiceException> failure = current.failure();
        if (failure.isEmpty() || !isWorthResuming(failure.get())) {
          return true;
        }
        brokenOff(failure.get());
      } else if (!pause(deadline)) {
        return false;
      } else {
        reopen();
      }
    }
    return true;
  }

  private boolean isWorthResuming(ServiceException failure) {
    return !isClosed
        && switch (failure.code()) {
          case UNAVAILABLE, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED -> true;
          case INVALID_ARGUMENT,
              NOT_FOUND,
              ALREADY_EXISTS,
              PERMISSION_DENIED,
              UNAUTHENTICATED,
              ABORTED,
              FAILED_PRECONDITION,
              OUT_OF_RANGE,
              UNIMPLEMENTED,
              INTERNAL,
              CANCELLED,
              UNKNOWN ->
              false;
        };
  }

  /** Returns false if the caller's time is up before the pause is. */
  private boolean pause(long deadline) {
    boolean isEnough = retryNanos - deadline <= 0;
    try {
      Thread.sleep(Deadlines.left(isEnough ? retryNanos : deadline));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.builder(
              ErrorCode.CANCELLED, "interrupted while a stream was opened anew")
          .origin(ErrorOrigin.CLIENT)
          .build();
    }
    return isEnough;
  }

  private void brokenOff(ServiceException cause) {
    if (System.nanoTime() - openedNanos >= SOUND.toNanos()) {
      failures = 0;
    }
    isBroken = true;
    failed(cause);
  }

  private void reopen() {
    try {
      current = opener.apply(request);
      openedNanos = System.nanoTime();
      isBroken = false;
      if (isClosed) {
        current.close();
      }
    } catch (ServiceException e) {
      failed(e);
    }
  }

  /** It is tried once at least, however short the patience. */
  private void failed(ServiceException cause) {
    long now = System.nanoTime();
    failures++;
    if (failures == 1) {
      brokenNanos = now;
    }
    retryNanos = Deadlines.after(pauses.apply(failures));
    boolean isTooLate = failures > 1 && now - brokenNanos >= patience.toNanos();
    if (isTooLate || !isWorthResuming(cause)) {
      gaveUp = cause;
    }
  }

  @Override
  public void close() {
    isClosed = true;
    current.close();
  }
}
