package io.bodybroker.sdk.resilience;

import java.time.Duration;

/**
 * One try of a call.
 *
 * @param <R> the answer
 */
@FunctionalInterface
public interface Attempt<R> {
  /**
   * Tries, waiting at most this long.
   *
   * @throws io.bodybroker.sdk.error.ServiceException if there is no answer
   */
  R run(Duration timeout);
}
