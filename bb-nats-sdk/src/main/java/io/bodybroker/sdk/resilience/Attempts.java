package io.bodybroker.sdk.resilience;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call, by the rules of its {@link CallPolicy}. Whoever waits for answers lets
 * this make them, with {@link #run}; whoever is told of them asks before an attempt, with {@link
 * #admit}, and says how it ended, with one of {@link #answered}, {@link #recover} and {@link
 * #abandon}.
 *
 * <p>One thread at a time.
 */
public final class Attempts {
  private final CallPolicy policy;
  private final boolean repeatable;
  private final long deadlineNanos;
  private int failures;
  private boolean mayHaveExecuted;

  /** Of the attempt under way; null if none is. */
  private Breaker.@Nullable Admission admission;

  Attempts(CallPolicy policy, boolean repeatable, long deadlineNanos) {
    this.policy = policy;
    this.repeatable = repeatable;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * Begins an attempt.
   *
   * @return how long to wait for its answer at most
   * @throws ServiceException if there shall be none, to be given to {@link #recover}
   */
  public Duration admit() {
    Duration timeout = policy.attemptTimeout(repeatable, deadlineNanos, failures + 1);
    admission = policy.admit();
    return timeout;
  }

  /** The attempt was answered, so the call is over. */
  public void answered() {
    Breaker.Admission ended = end();
    if (ended != null) {
      ended.answered();
      policy.answered();
    }
  }

  /** The attempt ended without telling anything of its target, and the call with it. */
  public void abandon() {
    Breaker.Admission ended = end();
    if (ended != null) {
      ended.undecided();
    }
  }

  /**
   * Makes attempts until one is answered.
   *
   * @throws ServiceException as {@link CallPolicy#execute} does
   */
  public <R> R run(Attempt<R> attempt) {
    for (; ; ) {
      try {
        R answer = attempt.run(admit());
        answered();
        return answer;
      } catch (ServiceException e) {
        pauseAfter(e);
      } catch (RuntimeException | Error e) {
        abandon();
        throw e;
      }
    }
  }

  /**
   * Goes on after an attempt that failed: waits, and makes further ones until one is answered.
   *
   * @throws ServiceException as {@link CallPolicy#execute} does; this one if there shall be no
   *     other
   */
  public <R> R recover(ServiceException failure, Attempt<R> attempt) {
    pauseAfter(failure);
    return run(attempt);
  }

  /** Throws what the call ends with if there shall be no further attempt. */
  private void pauseAfter(ServiceException failure) {
    Breaker.Admission ended = end();
    if (ended != null) {
      ended.failed(failure);
    }
    failures++;
    mayHaveExecuted |= failure.mayHaveExecuted();
    long pause = policy.pauseBeforeRetry(failure, repeatable, failures, deadlineNanos);
    if (pause < 0) {
      throw ofAllAttempts(failure);
    }
    policy.retrying(failure.code());
    pause(pause, failure);
  }

  private Breaker.@Nullable Admission end() {
    Breaker.Admission ended = admission;
    if (ended != null) {
      admission = null;
      policy.release();
    }
    return ended;
  }

  /** What the last attempt certainly did not begin, an earlier one may have. */
  private ServiceException ofAllAttempts(ServiceException last) {
    return last.mayHaveExecuted() == mayHaveExecuted
        ? last
        : last.toBuilder().mayHaveExecuted(mayHaveExecuted).cause(last).build();
  }

  private void pause(long nanos, ServiceException failure) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.builder(
              ErrorCode.CANCELLED, "interrupted between two attempts to call " + policy.target())
          .origin(ErrorOrigin.CLIENT)
          .mayHaveExecuted(mayHaveExecuted)
          .cause(ofAllAttempts(failure))
          .build();
    }
  }
}
