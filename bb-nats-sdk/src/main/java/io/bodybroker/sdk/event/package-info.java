/**
 * Events: messages that say what happened, published on the subject their contract declares, kept
 * in JetStream's streams until every consumer has processed them.
 *
 * <p>Start with {@link io.bodybroker.sdk.event.Events} and {@link
 * io.bodybroker.sdk.event.ConsumerSpec}. What fails for good goes to {@code deadletter}. May depend
 * on {@code config}, {@code connection}, {@code deadletter}, {@code error}, {@code internal},
 * {@code store}, {@code stream} and {@code telemetry}.
 */
@NullMarked
package io.bodybroker.sdk.event;

import org.jspecify.annotations.NullMarked;
