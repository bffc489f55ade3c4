package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.sdk.event.TopicEvent;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The last events of the types that were asked for last, as many as a bound in bytes allows;
 * whoever uses them looks first whether they still are the last. Thread-safe.
 */
final class RecentEvents {
  /** Of all types together. */
  static final long MAX_BYTES = 16L << 20;

  private final LinkedHashMap<String, Known> types = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Known(List<TopicEvent<BusEvent>> events, long bytes) {}

  /** What is known of a type, in order; empty if nothing is. */
  synchronized List<TopicEvent<BusEvent>> of(String type) {
    var known = types.get(type);
    return known == null ? List.of() : known.events();
  }

  /**
   * Takes what was found, unless something newer is known by now; what was not asked for the
   * longest makes room.
   */
  synchronized void remember(String type, List<TopicEvent<BusEvent>> events) {
    List<TopicEvent<BusEvent>> known = of(type);
    if (events.isEmpty()
        || (!known.isEmpty() && known.getLast().sequence() > events.getLast().sequence())) {
      return;
    }
    forget(type);
    long size = events.stream().mapToLong(each -> each.event().getSerializedSize()).sum();
    types.put(type, new Known(events, size));
    bytes += size;
    var eldest = types.sequencedEntrySet().iterator();
    while (bytes > MAX_BYTES && eldest.hasNext()) {
      bytes -= eldest.next().getValue().bytes();
      eldest.remove();
    }
  }

  /** There is nothing of this type any more. */
  synchronized void forget(String type) {
    var known = types.remove(type);
    if (known != null) {
      bytes -= known.bytes();
    }
  }
}
