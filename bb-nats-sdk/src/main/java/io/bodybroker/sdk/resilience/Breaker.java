package io.bodybroker.sdk.resilience;

import dev.failsafe.CircuitBreaker;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;

/**
 * The circuit breaker of one target: Failsafe's, fed with what counts as the target's failure.
 *
 * <p>Only {@code UNAVAILABLE} and {@code DEADLINE_EXCEEDED} count: they say that the target cannot
 * work. Whatever else it answers, it answered. Thread-safe.
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

  /** Returns whether a call may be made; then exactly one of the methods below must follow. */
  boolean tryAcquire() {
    return breaker.tryAcquirePermit();
  }

  /** Why {@link #tryAcquire} said no, for the caller. */
  String describe() {
    return "%s is failing; its circuit breaker lets nothing through for %d ms more"
        .formatted(target, breaker.getRemainingDelay().toMillis());
  }

  void answered() {
    breaker.recordSuccess();
  }

  void failed(ServiceException error) {
    switch (error.code()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> breaker.recordFailure();
      case CANCELLED -> undecided();
      default -> breaker.recordSuccess();
    }
  }

  /**
   * The call ended without telling anything of the target. A probe must tell something, or the
   * breaker would wait for it for good.
   */
  void undecided() {
    if (breaker.isHalfOpen()) {
      breaker.recordFailure();
    }
  }
}
