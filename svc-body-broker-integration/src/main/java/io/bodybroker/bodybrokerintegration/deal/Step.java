package io.bodybroker.bodybrokerintegration.deal;

import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import java.time.Duration;

/**
 * One thing that has to be done to complete a deal, and how it is undone. Both may be called any
 * number of times for one deal and have their effect once: whoever dies, the next one calls again.
 *
 * <p>What it throws says what is known. A refusal for good ({@link Refusal}) means: no effect, and
 * there never will be one. Any other {@link io.bodybroker.sdk.error.ServiceException} means: not
 * known, ask again.
 */
public interface Step {
  /** Does it. */
  void apply(StoredDeal deal, Duration patience);

  /** Undoes it; called only after it was done. */
  void undo(StoredDeal deal, Duration patience);

  /** Whether the deal stands when this cannot be undone; else undoing is tried for ever. */
  default boolean standsIfNotUndone() {
    return false;
  }
}
