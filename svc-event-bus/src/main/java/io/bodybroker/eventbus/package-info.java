/**
 * event-bus: events of the game for whoever wants to hear of them.
 *
 * <p>{@link io.bodybroker.eventbus.EventBus} answers the calls. {@link
 * io.bodybroker.eventbus.Publisher} puts events into their stream, {@link
 * io.bodybroker.eventbus.Deliveries} brings them to subscribers, {@link
 * io.bodybroker.eventbus.Reading} and {@link io.bodybroker.eventbus.History} read them. What
 * somebody wants is {@link io.bodybroker.eventbus.Interest}, a value that knows no stream, and so
 * is who goes first, {@link io.bodybroker.eventbus.PriorityGate}.
 */
@NullMarked
package io.bodybroker.eventbus;

import org.jspecify.annotations.NullMarked;
