package io.bodybroker.timemanager;

import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import java.time.InstantSource;

/**
 * Writes down the hours that pass in the worlds that have a document, which makes events of them.
 * Every instance runs it; compare-and-set lets one of them write.
 */
final class HourAnnouncer implements Runnable {
  private final Store<StoredWorld> worlds;
  private final Replica<StoredWorld> replica;
  private final InstantSource time;

  HourAnnouncer(Store<StoredWorld> worlds, Replica<StoredWorld> replica, InstantSource time) {
    this.worlds = worlds;
    this.replica = replica;
    this.time = time;
  }

  /** Writes down whatever has passed by now. */
  @Override
  public void run() {
    for (Versioned<StoredWorld> world : replica.documents()) {
      if (new World(world.value()).hasHoursPassed(time.instant())) {
        worlds.update(
            world.key(),
            current -> World.of(current, time.instant()).withHoursPassed(time.instant()).stored());
      }
    }
  }
}
