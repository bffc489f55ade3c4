package io.bodybroker.timemanager;

import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.timemanager.state.v1.StoredSchedule;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import java.time.Duration;

/** Wires time-manager. */
public final class TimeManagerModule implements ServiceModule {
  /** How late a callback or an event may be, at most, when nothing else is wrong. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Override
  public void configure(ServiceContext context) {
    var worlds =
        context.durableStore("time-worlds", StoredWorld.getDefaultInstance(), Announcements.FEED);
    var schedules = context.durableStore("time-schedules", StoredSchedule.getDefaultInstance());
    var worldReplica = Replica.of(worlds);
    var scheduleReplica = Replica.of(schedules);
    var leases = new Leases(context.runId());
    var events = context.events();
    var time = context.clock();
    context.serve(new TimeManager(worlds, schedules, time));
    context.repeat("hours", PAUSE, new HourAnnouncer(worlds, worldReplica, time));
    context.repeat(
        "callbacks",
        PAUSE,
        new CallbackRunner(worlds, worldReplica, schedules, scheduleReplica, events, time, leases));
  }
}
