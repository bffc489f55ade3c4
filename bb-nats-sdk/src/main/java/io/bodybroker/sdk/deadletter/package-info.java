/**
 * Dead letters: what could not be processed, kept with all that is needed to understand it and to
 * process it again.
 *
 * <p>Start with {@link io.bodybroker.sdk.deadletter.DeadLetter}. A message is terminated where it
 * came from only after the queue has acknowledged its copy, so it is never in neither place.
 * Depends on {@code error}, {@code stream} and {@code internal}.
 */
@NullMarked
package io.bodybroker.sdk.deadletter;

import org.jspecify.annotations.NullMarked;
