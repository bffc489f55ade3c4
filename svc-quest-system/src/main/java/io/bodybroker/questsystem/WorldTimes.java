package io.bodybroker.questsystem;

import io.bodybroker.questsystem.order.Circumstances.WorldTime;

/** The times of worlds, as far as quests care. */
interface WorldTimes {
  /**
   * The time of a world now.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if nobody says
   */
  WorldTime now(String world);
}
