package io.bodybroker.timemanager;

import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.timemanager.state.v1.Announcement;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import java.time.InstantSource;

/**
 * Publishes the hours and days that begin in the worlds that have a document. Every instance runs
 * it; {@link World} says how they agree on who publishes what.
 */
final class HourAnnouncer implements Runnable {
  private final Store<StoredWorld> worlds;
  private final Replica<StoredWorld> replica;
  private final Events events;
  private final InstantSource time;
  private final Leases leases;

  HourAnnouncer(
      Store<StoredWorld> worlds,
      Replica<StoredWorld> replica,
      Events events,
      InstantSource time,
      Leases leases) {
    this.worlds = worlds;
    this.replica = replica;
    this.events = events;
    this.time = time;
    this.leases = leases;
  }

  /** Publishes whatever has begun by now and nobody else has taken on. */
  @Override
  public void run() {
    for (Versioned<StoredWorld> world : replica.documents()) {
      if (new World(world.value()).isClaimable(time.instant(), leases)) {
        announce(world.key());
      }
    }
  }

  private void announce(String worldId) {
    var claimed =
        worlds.update(
            worldId,
            current -> World.of(current, time.instant()).claim(time.instant(), leases).stored());
    new World(claimed.value())
        .claimed(leases)
        .ifPresent(announcement -> publish(worldId, announcement));
  }

  private void publish(String worldId, Announcement announcement) {
    var announcements = new Announcements(worldId, announcement);
    events.publish(announcements.hourChanged(), announcements.hourId());
    announcements.dayChanged().ifPresent(day -> events.publish(day, announcements.dayId()));
    worlds.update(
        worldId, current -> World.of(current, time.instant()).announced(announcement).stored());
  }
}
