package io.bodybroker.sdk.resilience;

import dev.failsafe.CircuitBreaker;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Optional;

/**
 * The circuit breaker of one target: Failsafe's, fed with what counts as the target's failure.
 *
 * <p>Only {@code UNAVAILABLE} from a server and {@code DEADLINE_EXCEEDED} count: they say that the
 * target cannot work. Whatever else it answers, it answered. That no connection is up or nobody
 * listens does not count: it is known at once and troubles nobody, so a breaker would spare
 * nothing, and it would go on to refuse calls for a while when all is well again. Thread-safe.
 */
final class Breaker {
  private final String target;
  private final CircuitBreaker<Object> breaker;

  Breaker(String target, BusConfig config, ResilienceListener listener) {
    this.target = target;
    this.breaker =
        CircuitBreaker.builder()
            .withFailureRateThreshold(
                config.breakerFailureRate(), config.breakerMinimumCalls(), config.breakerWindow())
            .withDelay(config.breakerOpen())
            .withSuccessThreshold(config.breakerProbes())
            .onOpen(change ->
                listener.breakerChanged(
                    target,
                    state(change.getPreviousState()),
                    BreakerState.OPEN,
                    "%d %% of at least %d calls in %s failed, or a probe did"
                        .formatted(
                            config.breakerFailureRate(),
                            config.breakerMinimumCalls(),
                            config.breakerWindow())))
            .onHalfOpen(change ->
                listener.breakerChanged(
                    target,
                    state(change.getPreviousState()),
                    BreakerState.HALF_OPEN,
                    "probing after " + config.breakerOpen()))
            .onClose(change ->
                listener.breakerChanged(
                    target,
                    state(change.getPreviousState()),
                    BreakerState.CLOSED,
                    config.breakerProbes() + " probes were answered"))
            .build();
  }

  private static BreakerState state(CircuitBreaker.State state) {
    return switch (state) {
      case CLOSED -> BreakerState.CLOSED;
      case OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
    };
  }

  BreakerState state() {
    return state(breaker.getState());
  }

  /** Lets a call through, or not: then it is empty. */
  Optional<Admission> admit() {
    return breaker.tryAcquirePermit()
        ? Optional.of(new Admission(!breaker.isClosed()))
        : Optional.empty();
  }

  /** Why {@link #admit} let nothing through, for the caller. */
  String describe() {
    return "%s is failing; its circuit breaker lets nothing through for %d ms more"
        .formatted(target, breaker.getRemainingDelay().toMillis());
  }

  /**
   * A call that was let through; exactly one of its methods must follow.
   *
   * <p>Failsafe takes whatever is recorded while it is half-open for a probe's result, and lets one
   * more through for it (failsafe#391). A call that was begun before the breaker opened is none: it
   * tells how the target was then.
   */
  final class Admission {
    private final boolean isProbe;

    private Admission(boolean isProbe) {
      this.isProbe = isProbe;
    }

    void answered() {
      if (tellsOfNow()) {
        breaker.recordSuccess();
      }
    }

    void failed(ServiceException error) {
      switch (error.code()) {
        case UNAVAILABLE -> {
          if (error.origin() == ErrorOrigin.SERVER) {
            recordFailure();
          } else {
            undecided();
          }
        }
        case DEADLINE_EXCEEDED -> recordFailure();
        case CANCELLED -> undecided();
        default -> answered();
      }
    }

    /**
     * The call ended without telling anything of the target. A probe must tell something, or the
     * breaker would wait for it for good.
     */
    void undecided() {
      if (isProbe && breaker.isHalfOpen()) {
        breaker.recordFailure();
      }
    }

    private void recordFailure() {
      if (tellsOfNow()) {
        breaker.recordFailure();
      }
    }

    private boolean tellsOfNow() {
      return isProbe || breaker.isClosed();
    }
  }
}
