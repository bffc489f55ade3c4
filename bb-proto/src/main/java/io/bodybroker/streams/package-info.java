/**
 * The streams that the game's events are kept in, {@link io.bodybroker.streams.GameStreams}, and
 * who takes them from there, {@link io.bodybroker.streams.GameConsumers}.
 *
 * <p>Declared here, beside the contracts, so that whoever publishes or consumes an event knows its
 * stream, and operators see what is missing. Depends on the SDK's {@code stream} and {@code event}
 * packages alone.
 */
@NullMarked
package io.bodybroker.streams;

import org.jspecify.annotations.NullMarked;
