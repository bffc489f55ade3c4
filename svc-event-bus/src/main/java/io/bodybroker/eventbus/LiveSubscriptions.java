package io.bodybroker.eventbus;

import io.bodybroker.eventbus.state.v1.StoredSubscription;
import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.sdk.store.Change;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions as a watch of the store tells them, a moment late. Thread-safe. */
final class LiveSubscriptions {
  private final Map<String, Live> all = new ConcurrentHashMap<>();

  /** A subscription, and what it wants. */
  record Live(StoredSubscription stored, Interest interest) {}

  /** Takes note of a change. */
  void tell(Change<StoredSubscription> change) {
    switch (change) {
      case Change.Put<StoredSubscription> put ->
          all.put(put.key(), new Live(put.value(), Interest.of(put.value().getSubscription())));
      case Change.Deleted<StoredSubscription> deleted -> all.remove(deleted.key());
    }
  }

  /** All there are, by id. */
  Map<String, Live> all() {
    return Map.copyOf(all);
  }

  /** How many want an event. */
  int wanting(BusEvent event) {
    return Math.toIntExact(
        all.values().stream().filter(live -> live.interest().wants(event)).count());
  }
}
