package io.bodybroker.timemanager;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.state.v1.StoredSchedule;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/**
 * Publishes the callbacks of schedules that are due, and forgets those that ended long ago. Every
 * instance runs it; {@link Timer} says how they agree on who fires what.
 */
final class CallbackRunner implements Runnable {
  private final Store<StoredWorld> worlds;
  private final Replica<StoredWorld> worldReplica;
  private final Store<StoredSchedule> schedules;
  private final Replica<StoredSchedule> scheduleReplica;
  private final Events events;
  private final InstantSource time;
  private final Leases leases;

  CallbackRunner(
      Store<StoredWorld> worlds,
      Replica<StoredWorld> worldReplica,
      Store<StoredSchedule> schedules,
      Replica<StoredSchedule> scheduleReplica,
      Events events,
      InstantSource time,
      Leases leases) {
    this.worlds = worlds;
    this.worldReplica = worldReplica;
    this.schedules = schedules;
    this.scheduleReplica = scheduleReplica;
    this.events = events;
    this.time = time;
    this.leases = leases;
  }

  /** Publishes whatever is due by now and nobody else has taken on, the earliest first. */
  @Override
  public void run() {
    for (Timer timer : due()) {
      fire(timer);
    }
    for (Versioned<StoredSchedule> schedule : scheduleReplica.documents()) {
      if (new Timer(schedule.value()).isForgettable(time.instant())) {
        forget(schedule);
      }
    }
  }

  private List<Timer> due() {
    return scheduleReplica.documents().stream()
        .map(document -> new Timer(document.value()))
        .filter(this::seemsDue)
        .sorted(Comparator.comparing(Timer::next))
        .toList();
  }

  private boolean seemsDue(Timer timer) {
    return worldReplica
        .get(timer.stored().getWorldId())
        .filter(world -> timer.isClaimable(new World(world).clock(), time.instant(), leases))
        .isPresent();
  }

  /**
   * The replicas may be behind, so both documents are asked for again before the schedule is
   * claimed.
   */
  private void fire(Timer seen) {
    var world = worlds.get(seen.stored().getWorldId());
    var schedule = schedules.get(seen.key());
    if (world.isPresent() && schedule.isPresent()) {
      fire(schedule.get(), new World(world.get().value()).clock());
    }
  }

  private void fire(Versioned<StoredSchedule> schedule, GameClock clock) {
    var timer = new Timer(schedule.value());
    if (!timer.isClaimable(clock, time.instant(), leases)) {
      return;
    }
    var claimed = timer.claim(clock, time.instant(), leases);
    if (isFirst(
        () -> schedules.compareAndSet(schedule.key(), claimed.stored(), schedule.version()))) {
      publish(claimed);
    }
  }

  private void publish(Timer claimed) {
    var callback = claimed.callback();
    events.publishTo(claimed.stored().getCallbackSubject(), callback, callback.getFireId());
    schedules.update(
        claimed.key(),
        current ->
            new Timer(
                    current.orElseThrow(() -> ServiceException.notFound("schedule", claimed.key())))
                .fired(claimed.stored().getFiring(), time.instant())
                .stored());
  }

  private void forget(Versioned<StoredSchedule> schedule) {
    isFirst(() -> schedules.delete(schedule.key(), schedule.version()));
  }

  /** Whether a compare-and-set came before that of any other instance. */
  private static boolean isFirst(Runnable compareAndSet) {
    try {
      compareAndSet.run();
      return true;
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.ABORTED) {
        return false;
      }
      throw e;
    }
  }
}
