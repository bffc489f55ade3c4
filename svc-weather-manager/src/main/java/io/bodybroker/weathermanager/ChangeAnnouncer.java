package io.bodybroker.weathermanager;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.weathermanager.climate.GameMoment;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Announces that the weather of stored zones has changed. It runs on every instance; each change is
 * announced by one of them.
 *
 * <p>A zone's document says which type receivers know of. An instance that finds another type
 * writes the change into the document by compare-and-set, which only one can win. That revision is
 * the event: the store's {@link #FEED} publishes it, whoever dies when.
 *
 * <p>What it knows of the zones may be late: compare-and-set finds out. Safe for use by several
 * threads.
 */
final class ChangeAnnouncer implements Runnable {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredZone> FEED =
      new FeedSpec<>(List.of(WeatherChanged.getDefaultInstance()), ChangeAnnouncer::event);

  static final Duration PAUSE = Duration.ofMillis(500);

  private static final Logger LOG = System.getLogger(ChangeAnnouncer.class.getName());

  private final Store<StoredZone> store;
  private final LiveZones zones;
  private final NaturalWeather natural;
  private final WorldClocks clocks;
  private final InstantSource time;

  /** Until when there is nothing to announce, so that no season is laid out for that each time. */
  private final Map<String, Quiet> quiet = new ConcurrentHashMap<>();

  private volatile boolean isFailing;

  /**
   * What a zone's document says stays right between two moments.
   *
   * @param version of the document
   */
  private record Quiet(long version, GameMoment from, GameMoment until) {
    boolean covers(long found, GameMoment moment) {
      return version == found && !moment.isBefore(from) && moment.isBefore(until);
    }
  }

  ChangeAnnouncer(
      Store<StoredZone> store,
      LiveZones zones,
      NaturalWeather natural,
      WorldClocks clocks,
      InstantSource time) {
    this.store = store;
    this.zones = zones;
    this.natural = natural;
    this.clocks = clocks;
    this.time = time;
  }

  private static Optional<WeatherChanged> event(Change<StoredZone> change) {
    return switch (change) {
      case Change.Put<StoredZone> put when put.value().hasChange() ->
          Optional.of(put.value().getChange());
      case Change.Put<StoredZone> put -> Optional.empty();
      case Change.Deleted<StoredZone> deleted -> Optional.empty();
    };
  }

  @Override
  public void run() {
    var failed = new ArrayList<ServiceException>();
    var all = zones.all();
    quiet.keySet().retainAll(all.stream().map(Versioned::key).collect(Collectors.toSet()));
    var unknown = new HashMap<String, ServiceException>();
    for (Versioned<StoredZone> zone : all) {
      try {
        announce(zone, clock(zone.value().getWorldId(), unknown));
      } catch (ServiceException e) {
        failed.add(e);
      }
    }
    tell(failed);
  }

  /** A time-manager that does not answer is asked once for all zones of a world. */
  private GameClock clock(String world, Map<String, ServiceException> unknown) {
    ServiceException before = unknown.get(world);
    if (before != null) {
      throw before;
    }
    try {
      return clocks.recent(world);
    } catch (ServiceException e) {
      unknown.put(world, e);
      throw e;
    }
  }

  /**
   * Announces what has changed in one world, by its clock as it is now.
   *
   * @throws ServiceException {@code UNAVAILABLE} if the time-manager does not say, or the store is
   *     away
   */
  void look(String world) {
    var clock = clocks.current(world);
    for (Versioned<StoredZone> zone : store.list(world + "/")) {
      announce(zone, clock);
    }
  }

  /**
   * Takes forced weather that has long been over out of the documents of one world: it only matters
   * to what it was then.
   *
   * @throws ServiceException as {@link #look}
   */
  void forget(String world) {
    var now = clocks.current(world).at(time.instant());
    for (Versioned<StoredZone> zone : store.list(world + "/")) {
      if (Zone.of(zone.value(), natural).isForcedLongAgo(now)) {
        write(zone, zone.value().toBuilder().clearForced().clearChange().build());
      }
    }
  }

  /** Says when failing begins and when it ends, not twice a second in between. */
  private void tell(List<ServiceException> failed) {
    if (!failed.isEmpty() && !isFailing) {
      LOG.log(
          Level.WARNING,
          "changes of {0} zones are not announced for now: {1}",
          failed.size(),
          failed.getFirst().message());
    } else if (failed.isEmpty() && isFailing) {
      LOG.log(Level.INFO, "changes are announced again");
    }
    isFailing = !failed.isEmpty();
  }

  private void announce(Versioned<StoredZone> found, GameClock clock) {
    var moment = clock.at(time.instant());
    var seen = quiet.get(found.key());
    if (seen != null && seen.covers(found.version(), moment)) {
      return;
    }
    var zone = Zone.of(found.value(), natural);
    if (zone.line().typeAt(moment) == found.value().getAnnounced()) {
      quiet.put(found.key(), new Quiet(found.version(), moment, zone.line().nextChange(moment)));
      return;
    }
    var change = zone.change(moment, clock);
    var announced =
        found.value().toBuilder()
            .setAnnounced(change.getNewType())
            .setSequence(change.getSequence())
            .setChange(change)
            .build();
    write(found, announced);
  }

  private void write(Versioned<StoredZone> found, StoredZone next) {
    try {
      store.compareAndSet(found.key(), next, found.version());
    } catch (ServiceException e) {
      // Another was faster, or the zone was changed; the next run sees it as it is then.
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
    }
  }
}
