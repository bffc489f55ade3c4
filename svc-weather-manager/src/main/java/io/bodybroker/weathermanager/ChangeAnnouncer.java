package io.bodybroker.weathermanager;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.state.v1.Announcement;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Announces that the weather of stored zones has changed. It runs on every instance; each change is
 * announced by one of them.
 *
 * <p>A zone's document says which type receivers know of. An instance that finds another type
 * writes the event into the document by compare-and-set, which only one can win, then publishes it,
 * then takes it out again. If it dies in between, the event is still there, and after {@link
 * #PATIENCE} another instance publishes it, with the same id. So no change is lost, none is
 * announced by two, and only such a death can make one come twice.
 *
 * <p>What it knows of the zones may be late: compare-and-set finds out. To be run by one thread at
 * a time.
 */
final class ChangeAnnouncer implements Runnable {
  static final Duration PAUSE = Duration.ofMillis(500);

  /** How long an instance may take to publish what it has claimed. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger(ChangeAnnouncer.class.getName());

  private final Store<StoredZone> store;
  private final LiveZones zones;
  private final NaturalWeather natural;
  private final WorldClocks clocks;
  private final Events events;
  private final InstantSource time;
  private boolean isFailing;

  ChangeAnnouncer(
      Store<StoredZone> store,
      LiveZones zones,
      NaturalWeather natural,
      WorldClocks clocks,
      Events events,
      InstantSource time) {
    this.store = store;
    this.zones = zones;
    this.natural = natural;
    this.clocks = clocks;
    this.events = events;
    this.time = time;
  }

  @Override
  public void run() {
    var failed = new ArrayList<ServiceException>();
    for (Versioned<StoredZone> zone : zones.all()) {
      try {
        announce(zone);
      } catch (ServiceException e) {
        // ABORTED: another was faster, or the zone was changed; the next run sees it as it is then.
        if (e.code() != ErrorCode.ABORTED) {
          failed.add(e);
        }
      }
    }
    tell(failed);
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

  private void announce(Versioned<StoredZone> found) {
    var state = found.value();
    var now = time.instant();
    if (state.hasAnnouncement()) {
      if (ProtoTimes.instant(state.getAnnouncement().getUntil()).isBefore(now)) {
        publish(found, state, state.getAnnouncement().getEvent());
      }
      return;
    }
    var zone = Zone.of(state, natural);
    var clock = clocks.recent(state.getWorldId());
    var moment = clock.at(now);
    if (zone.line().typeAt(moment) != state.getAnnounced()) {
      var event = zone.change(moment, clock);
      var announced =
          state.toBuilder()
              .setAnnounced(event.getNewType())
              .setSequence(event.getSequence())
              .build();
      publish(found, announced, event);
    }
  }

  private void publish(Versioned<StoredZone> found, StoredZone announced, WeatherChanged event) {
    var claim =
        Announcement.newBuilder()
            .setEvent(event)
            .setUntil(ProtoTimes.timestamp(time.instant().plus(PATIENCE)));
    store.compareAndSet(
        found.key(), announced.toBuilder().setAnnouncement(claim).build(), found.version());
    events.publish(event, id(event));
    store.update(found.key(), zone -> published(zone.orElseThrow(), event));
  }

  /**
   * Others may have changed the zone meanwhile, and may even have taken over, but a later event is
   * not ours to take out.
   */
  private static StoredZone published(StoredZone zone, WeatherChanged event) {
    boolean isOurs = zone.getAnnouncement().getEvent().getSequence() == event.getSequence();
    return zone.hasAnnouncement() && isOurs ? zone.toBuilder().clearAnnouncement().build() : zone;
  }

  private static String id(WeatherChanged event) {
    return event.getWorldId() + ":" + event.getZoneId() + ":" + event.getSequence();
  }
}
