package io.bodybroker.sdk.idempotency;

import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.sdk.v1.AppliedEvent;
import io.bodybroker.sdk.v1.AppliedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes an event that is delivered again have no second effect on a document.
 *
 * <p>The memory is a field of the document that the event changes, as {@link IdempotentCall}'s is:
 * it is written with the effect, by one compare-and-set, so no death of the process comes between
 * them, and delivery at least once has its effect exactly once.
 *
 * <pre>{@code
 * var once = IdempotentEvent.of(delivery);
 * meters.update(zone, old -> {
 *   if (once.isApplied(old.get().getApplied())) {
 *     return old.get(); // changes nothing
 *   }
 *   return next.setApplied(once.remember(old.get().getApplied(), clock.instant())).build();
 * });
 * }</pre>
 *
 * <p>An event whose acknowledgement was lost comes again within its consumer's ack wait, before any
 * that is new. The memory keeps the last {@value #KEPT} events and all of the last ten minutes,
 * which is more than comes again by itself with an ack wait and pauses of some minutes; for longer
 * ones, and for events that are redriven days after an attempt whose end nobody saw (dead letters
 * with code {@code UNKNOWN}), say how long it shall remember. Immutable and thread-safe.
 */
public final class IdempotentEvent {
  /** At least so many are remembered. */
  public static final int KEPT = 64;

  /** All events of so long are remembered, unless said otherwise. */
  public static final Duration KEPT_FOR = Duration.ofMinutes(10);

  private final String id;

  private IdempotentEvent(String id) {
    this.id = id;
  }

  /** The event that came by this delivery. */
  public static IdempotentEvent of(Delivery delivery) {
    return new IdempotentEvent(delivery.id());
  }

  /** Whether it has had its effect. */
  public boolean isApplied(AppliedEvents memory) {
    return memory.getEventsList().stream().anyMatch(event -> event.getId().equals(id));
  }

  /**
   * The memory with this event in it, to be written with its effect.
   *
   * @param memory of the document as it is
   */
  public AppliedEvents remember(AppliedEvents memory, Instant now) {
    return remember(memory, now, KEPT_FOR);
  }

  /**
   * As the other form, with a memory of its own length. It lies in the document: what it costs is
   * about 60 bytes an event of that time.
   *
   * @param keptFor for how long events are remembered at least
   */
  public AppliedEvents remember(AppliedEvents memory, Instant now, Duration keptFor) {
    List<AppliedEvent> events = memory.getEventsList();
    Instant horizon = now.minus(keptFor);
    int forgotten = 0;
    while (events.size() - forgotten >= KEPT
        && ProtoTimes.instant(events.get(forgotten).getAppliedAt()).isBefore(horizon)) {
      forgotten++;
    }
    return AppliedEvents.newBuilder()
        .addAllEvents(events.subList(forgotten, events.size()))
        .addEvents(AppliedEvent.newBuilder().setId(id).setAppliedAt(ProtoTimes.timestamp(now)))
        .build();
  }
}
