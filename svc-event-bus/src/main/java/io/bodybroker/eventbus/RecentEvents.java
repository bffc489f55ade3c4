package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.sdk.event.TopicEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The last events of the types that were asked for last, as many as a bound in memory allows;
 * whoever uses them looks first whether they still are the last. Thread-safe.
 */
final class RecentEvents {
  /** Of all types together, roughly: an event in memory is several times what it is on the wire. */
  static final long MAX_WEIGHT = 16L << 20;

  private static final int TIMES_ITS_BYTES = 8;
  private static final int WEIGHT_OF_ONE = 512;

  private final LinkedHashMap<String, Known> types = new LinkedHashMap<>(16, 0.75f, true);
  private final InstantSource time;
  private final Duration trusted;
  private long weight;

  private record Known(List<TopicEvent<BusEvent>> events, long weight, Instant searched) {}

  /**
   * Nothing yet.
   *
   * @param trusted for how long what was found is known, since it was searched for
   */
  RecentEvents(InstantSource time, Duration trusted) {
    this.time = time;
    this.trusted = trusted;
  }

  /** What is known of a type, in order; empty if nothing is. */
  synchronized List<TopicEvent<BusEvent>> of(String type) {
    var known = types.get(type);
    if (known == null) {
      return List.of();
    }
    if (Duration.between(known.searched(), time.instant()).abs().compareTo(trusted) > 0) {
      forget(type);
      return List.of();
    }
    return known.events();
  }

  /**
   * Takes what was found. What goes on from what is known is known no longer for that, and what was
   * not asked for the longest makes room.
   */
  synchronized void remember(String type, List<TopicEvent<BusEvent>> events) {
    var before = types.get(type);
    var searched =
        before != null && events.contains(before.events().getLast())
            ? before.searched()
            : time.instant();
    forget(type);
    if (events.isEmpty()) {
      return;
    }
    long heavy = events.stream().mapToLong(RecentEvents::weight).sum();
    types.put(type, new Known(events, heavy, searched));
    weight += heavy;
    var eldest = types.sequencedEntrySet().iterator();
    while (weight > MAX_WEIGHT && eldest.hasNext()) {
      weight -= eldest.next().getValue().weight();
      eldest.remove();
    }
  }

  private static long weight(TopicEvent<BusEvent> event) {
    return (long) TIMES_ITS_BYTES * event.event().getSerializedSize() + WEIGHT_OF_ONE;
  }

  /** There is nothing of this type any more. */
  synchronized void forget(String type) {
    var known = types.remove(type);
    if (known != null) {
      weight -= known.weight();
    }
  }
}
