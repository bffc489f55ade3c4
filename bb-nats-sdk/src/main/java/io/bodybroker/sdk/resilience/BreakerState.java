package io.bodybroker.sdk.resilience;

/** Where a target's circuit breaker stands. */
public enum BreakerState {
  /** Calls go through. */
  CLOSED,
  /** Calls fail at once. */
  OPEN,
  /** A few calls go through, to see whether the target is back. */
  HALF_OPEN
}
