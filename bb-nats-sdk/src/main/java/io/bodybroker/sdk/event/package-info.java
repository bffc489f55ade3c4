/**
 * Events: messages that say what happened, published on the subject their contract declares.
 *
 * <p>Start with {@link io.bodybroker.sdk.event.Events}. May depend on {@code error}, {@code
 * connection} and {@code telemetry}.
 */
@NullMarked
package io.bodybroker.sdk.event;

import org.jspecify.annotations.NullMarked;
