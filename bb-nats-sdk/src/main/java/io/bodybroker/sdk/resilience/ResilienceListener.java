package io.bodybroker.sdk.resilience;

import io.bodybroker.sdk.error.ErrorCode;
import java.util.function.Supplier;

/** Hears what resilience decides. Called on the caller's thread: do not block. */
public interface ResilienceListener {
  /** Calls to a target are going to be made; its breaker can be asked from now on. */
  default void watching(String target, Supplier<BreakerState> breaker) {}

  /** An attempt is being made. */
  default void attempting(String target) {}

  /** An attempt failed with this code and another one follows. */
  default void retrying(String target, ErrorCode code) {}

  /** An attempt failed and could be repeated, but the target's retry budget is spent. */
  default void budgetSpent(String target) {}

  /** A call was refused because the breaker is open. */
  default void refusedByBreaker(String target) {}

  /** A call was refused because too many are under way. */
  default void refusedByBulkhead(String target) {}

  /** The breaker of a target changed, and why. */
  default void breakerChanged(String target, BreakerState from, BreakerState to, String reason) {}
}
