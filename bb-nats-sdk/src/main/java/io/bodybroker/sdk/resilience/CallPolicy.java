package io.bodybroker.sdk.resilience;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * How calls to one target service are made: deadline, then retry, then breaker, then bulkhead, then
 * attempt.
 *
 * <p>An attempt is repeated only if repeating cannot do the work twice: the target certainly did
 * not begin it ({@code !mayHaveExecuted()}), or the method is repeatable. Attempts run one after
 * the other, and whoever makes them also waits between them.
 *
 * <p>What is known here and at once, that nobody listens or no connection is up, is told at once:
 * it lasts longer than the waits between attempts, and the caller may have something better to do.
 *
 * <p>Thread-safe; one for each target.
 */
public final class CallPolicy {
  private final String target;
  private final int attempts;
  private final Backoff backoff;
  private final Breaker breaker;
  private final RetryBudget budget;
  private final Semaphore bulkhead;
  private final int bulkheadSize;
  private final ResilienceListener listener;

  private CallPolicy(
      String target, BusConfig config, ResilienceListener listener, RandomGenerator random) {
    this.target = target;
    this.attempts = config.callAttempts();
    this.backoff = new Backoff(config.callBackoffMin(), config.callBackoffMax(), random);
    this.breaker = new Breaker(target, config, listener);
    this.budget = new RetryBudget(config.retryBudgetTokens());
    this.bulkheadSize = config.callMaxConcurrency();
    this.bulkhead = new Semaphore(bulkheadSize);
    this.listener = listener;
    listener.watching(target, breaker::state);
  }

  /** The policy for a target service. */
  public static CallPolicy create(String target, BusConfig config, ResilienceListener listener) {
    return new CallPolicy(target, config, listener, new SharedRandom());
  }

  static CallPolicy create(
      String target, BusConfig config, ResilienceListener listener, RandomGenerator random) {
    return new CallPolicy(target, config, listener, random);
  }

  /** Where the target's breaker stands. */
  public BreakerState breakerState() {
    return breaker.state();
  }

  /** How long to wait after so many failures in a row, the first being 1; with jitter. */
  public Duration pauseAfter(int failures) {
    return Duration.ofNanos(backoff.nanos(failures));
  }

  /**
   * Makes a call.
   *
   * @param repeatable whether a call that may have been done may be sent again
   * @param deadlineNanos when the caller stops waiting, by {@link System#nanoTime()}
   * @return the first answer
   * @throws ServiceException the last attempt's; {@code UNAVAILABLE} if the breaker is open; {@code
   *     RESOURCE_EXHAUSTED} if too many calls to this target are under way; {@code
   *     DEADLINE_EXCEEDED} if there was no time for an attempt; {@code CANCELLED} if interrupted
   *     between attempts
   */
  public <R> R execute(boolean repeatable, long deadlineNanos, Attempt<R> attempt) {
    return begin(repeatable, deadlineNanos).run(attempt);
  }

  /**
   * Begins a call whose attempts are made by its caller.
   *
   * @param repeatable whether a call that may have been done may be sent again
   * @param deadlineNanos when the caller stops waiting, by {@link System#nanoTime()}
   */
  public Attempts begin(boolean repeatable, long deadlineNanos) {
    return new Attempts(this, repeatable, deadlineNanos);
  }

  /**
   * A repeatable call keeps half of its time for the attempts that may have to follow. One that
   * must not be repeated would only lose by giving up early.
   */
  Duration attemptTimeout(boolean repeatable, long deadlineNanos, int attemptNumber) {
    long left = deadlineNanos - System.nanoTime();
    if (left <= 0) {
      throw refusal(ErrorCode.DEADLINE_EXCEEDED, "no time is left to call " + target).build();
    }
    boolean isLast = !repeatable || attemptNumber >= attempts;
    return Duration.ofNanos(isLast ? left : Math.max(1, left / 2));
  }

  /** Lets an attempt begin, which is to be {@linkplain #release() released} when it has ended. */
  Breaker.Admission admit() {
    if (!bulkhead.tryAcquire()) {
      listener.refusedByBulkhead(target);
      throw refusal(
              ErrorCode.RESOURCE_EXHAUSTED,
              "%d calls to %s are under way (expected: at most that many at once)"
                  .formatted(bulkheadSize, target))
          .build();
    }
    Optional<Breaker.Admission> admission = breaker.admit();
    if (admission.isEmpty()) {
      bulkhead.release();
      listener.refusedByBreaker(target);
      throw refusal(ErrorCode.UNAVAILABLE, breaker.describe()).build();
    }
    listener.attempting(target);
    return admission.get();
  }

  void release() {
    bulkhead.release();
  }

  void answered() {
    budget.answered();
  }

  void retrying(ErrorCode after) {
    listener.retrying(target, after);
  }

  String target() {
    return target;
  }

  /** How long to wait before the next attempt; negative if there shall be none. */
  long pauseBeforeRetry(
      ServiceException error, boolean repeatable, int failures, long deadlineNanos) {
    if (!isRetryable(error, repeatable)) {
      return -1;
    }
    if (deadlineNanos - System.nanoTime() <= 0) {
      return -1;
    }
    boolean isWithinBudget = budget.failed();
    if (failures >= attempts) {
      return -1;
    }
    if (!isWithinBudget) {
      listener.budgetSpent(target);
      return -1;
    }
    long pause = backoff.nanos(failures);
    return pause < deadlineNanos - System.nanoTime() ? pause : -1;
  }

  private static boolean isRetryable(ServiceException error, boolean repeatable) {
    if (error.code() == ErrorCode.DEADLINE_EXCEEDED) {
      return repeatable;
    }
    return error.code() == ErrorCode.UNAVAILABLE
        && (error.mayHaveExecuted() ? repeatable : error.origin() == ErrorOrigin.SERVER);
  }

  private ServiceException.Builder refusal(ErrorCode code, String message) {
    return ServiceException.builder(code, message)
        .origin(ErrorOrigin.CLIENT)
        .mayHaveExecuted(false);
  }
}
