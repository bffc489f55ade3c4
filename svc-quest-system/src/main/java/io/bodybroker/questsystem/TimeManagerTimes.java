package io.bodybroker.questsystem;

import io.bodybroker.questsystem.order.Circumstances.WorldTime;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.TimeManagerClient;

/** Asks the time-manager. */
final class TimeManagerTimes implements WorldTimes {
  private final TimeManagerClient timeManager;

  TimeManagerTimes(TimeManagerClient timeManager) {
    this.timeManager = timeManager;
  }

  @Override
  public WorldTime now(String world) {
    var request = GetTimeRequest.newBuilder().setWorldId(world).build();
    var time = timeManager.getTime(request).getNow();
    return new WorldTime(time.getDayPhase(), time.getMoonPhase(), time.getSeason());
  }
}
