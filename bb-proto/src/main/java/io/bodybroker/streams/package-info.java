/**
 * The streams that the game's events are kept in: {@link io.bodybroker.streams.GameStreams}.
 *
 * <p>Declared here, beside the contracts, so that whoever publishes or consumes an event knows its
 * stream. Depends on the SDK's {@code stream} package alone.
 */
@NullMarked
package io.bodybroker.streams;

import org.jspecify.annotations.NullMarked;
