package io.bodybroker.weathermanager;

import io.bodybroker.sdk.rpc.LatestValue;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stored zones as one watch of the store tells them, a moment late, and those who wait for one
 * of them to be written: any number, at the cost of that one watch.
 *
 * <p>Thread-safe.
 */
final class LiveZones {
  private final Map<String, Versioned<StoredZone>> zones = new ConcurrentHashMap<>();
  private final Map<String, Set<Follower>> followers = new ConcurrentHashMap<>();

  /** Gets each version of one zone written from now on, the latest if it is slow. */
  final class Follower implements AutoCloseable {
    private final String key;
    private final LatestValue<Versioned<StoredZone>> latest = new LatestValue<>();

    private Follower(String key) {
      this.key = key;
    }

    LatestValue<Versioned<StoredZone>> latest() {
      return latest;
    }

    @Override
    public void close() {
      followers.computeIfPresent(
          key,
          (unused, present) -> {
            present.remove(this);
            return present.isEmpty() ? null : present;
          });
    }
  }

  /** Takes note of a change. */
  void tell(Change<StoredZone> change) {
    switch (change) {
      case Change.Put<StoredZone> put -> {
        var zone = new Versioned<>(put.key(), put.value(), put.version());
        zones.put(put.key(), zone);
        followers
            .getOrDefault(put.key(), Set.of())
            .forEach(follower -> follower.latest().set(zone));
      }
      case Change.Deleted<StoredZone> deleted -> zones.remove(deleted.key());
    }
  }

  /** All stored zones. */
  Collection<Versioned<StoredZone>> all() {
    return zones.values();
  }

  /** Follows the zone under a key, whether it is stored or not. */
  Follower follow(String key) {
    var follower = new Follower(key);
    followers.compute(
        key,
        (unused, present) -> {
          Set<Follower> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(follower);
          return all;
        });
    return follower;
  }
}
