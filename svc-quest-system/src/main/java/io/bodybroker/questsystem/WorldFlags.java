package io.bodybroker.questsystem;

import java.util.Set;

/** What is so in worlds. */
interface WorldFlags {
  /**
   * What is so in a world now.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if nobody says
   */
  Set<String> in(String world);
}
