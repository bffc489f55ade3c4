package io.bodybroker.questsystem;

import io.bodybroker.sdk.error.ServiceException;

/** Where rewards are paid to. */
interface Wallets {
  /**
   * Gives money to a player, once for a quest, however often it is called.
   *
   * @throws ServiceException if it is not known to have been given; it may be called again
   */
  void pay(String player, String questId, long credits);
}
