/**
 * Dead letters: what could not be processed, kept with all that is needed to understand it and to
 * process it again.
 *
 * <p>Start with {@link io.bodybroker.sdk.deadletter.DeadLetter}. An event is terminated where it
 * came from only after the queue has acknowledged its copy, so it is never in neither place; what
 * becomes of requests, {@link io.bodybroker.sdk.deadletter.Letterbox} tells. Depends on {@code
 * connection}, {@code error}, {@code internal}, {@code metrics} and {@code stream}.
 */
@NullMarked
package io.bodybroker.sdk.deadletter;

import org.jspecify.annotations.NullMarked;
