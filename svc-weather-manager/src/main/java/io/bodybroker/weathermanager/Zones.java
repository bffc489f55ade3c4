package io.bodybroker.weathermanager;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.weathermanager.climate.GameMoment;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The zones there are: those that are stored, under {@code world/zone}, and any other, which is as
 * if it were stored with seed 0.
 *
 * <p>Thread-safe.
 */
final class Zones {
  /** The zone every world has. */
  static final String DEFAULT = "default";

  /** So many fit into one answer for all of a world, with room to spare. */
  static final int MAX_STORED = 500;

  private final Store<StoredZone> store;
  private final NaturalWeather natural;

  Zones(Store<StoredZone> store, NaturalWeather natural) {
    this.store = store;
    this.natural = natural;
  }

  /** The zone if it is stored. */
  Optional<Zone> stored(String world, String zone) {
    return store.get(key(world, zone)).map(found -> zone(found.value()));
  }

  /** The zone, stored or not. */
  Zone get(String world, String zone) {
    return zone(current(world, zone).value());
  }

  /** The document of a zone; at version 0 what it would be if it were stored. */
  Versioned<StoredZone> current(String world, String zone) {
    var key = key(world, zone);
    return store.get(key).orElseGet(() -> new Versioned<>(key, unstored(world, zone), 0));
  }

  /** The zones of a world that are stored, by name. */
  List<Zone> stored(String world) {
    return store.list(world + "/").stream().map(found -> zone(found.value())).toList();
  }

  /** The zones of a world that are stored and the default one, by name. */
  List<Zone> all(String world) {
    var zones = new ArrayList<>(stored(world));
    if (zones.stream().noneMatch(zone -> zone.state().getZoneId().equals(DEFAULT))) {
      zones.add(zone(unstored(world, DEFAULT)));
      zones.sort(Comparator.comparing(zone -> zone.state().getZoneId()));
    }
    return zones;
  }

  /**
   * Changes a zone, which is stored from then on.
   *
   * @param now the moment; the type of then is what changes of a zone that was not stored count
   *     from
   * @param change may run several times; returning the same state writes nothing
   * @throws ServiceException {@code RESOURCE_EXHAUSTED} if the world has no room for another zone
   */
  Zone change(String world, String zone, GameMoment now, UnaryOperator<StoredZone> change) {
    requireRoom(world, zone);
    Versioned<StoredZone> changed =
        store.update(
            key(world, zone), old -> changed(old.orElseGet(() -> begin(world, zone, now)), change));
    return zone(changed.value());
  }

  /** What a revision before this one announced is not this one's to announce. */
  @SuppressWarnings("ReferenceEquality") // the same instance is how a change says: write nothing
  private static StoredZone changed(StoredZone old, UnaryOperator<StoredZone> change) {
    var next = change.apply(old);
    return next == old ? old : next.toBuilder().clearChange().build();
  }

  /**
   * Two instances may both see the last place free: the bound protects answers, and they have room
   * to spare.
   */
  private void requireRoom(String world, String zone) {
    if (stored(world, zone).isEmpty() && store.list(world + "/").size() >= MAX_STORED) {
      throw ServiceException.builder(
              ErrorCode.RESOURCE_EXHAUSTED,
              "world \"" + world + "\" has " + MAX_STORED + " zones, as many as it can")
          .mayHaveExecuted(false)
          .build();
    }
  }

  private StoredZone begin(String world, String zone, GameMoment now) {
    var state = unstored(world, zone);
    return state.toBuilder().setAnnounced(zone(state).line().typeAt(now)).build();
  }

  private static StoredZone unstored(String world, String zone) {
    return StoredZone.newBuilder().setWorldId(world).setZoneId(zone).build();
  }

  private Zone zone(StoredZone state) {
    return Zone.of(state, natural);
  }

  /** Where a zone is stored. */
  static String key(String world, String zone) {
    return world + "/" + zone;
  }
}
