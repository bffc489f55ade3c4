package io.bodybroker.questsystem;

import io.bodybroker.questsystem.journal.Journal;
import io.bodybroker.questsystem.v1.QuestState;
import java.time.InstantSource;

/**
 * Pays rewards exactly once. First the journal says that a reward is being paid, then it is paid
 * under a key derived from the quest, then the journal says that it was. Whoever dies in between,
 * any instance can go on: paying again under the same key pays nothing.
 *
 * <p>Thread-safe.
 */
final class Rewards {
  private final Journals journals;
  private final Wallets wallets;
  private final InstantSource time;

  Rewards(Journals journals, Wallets wallets, InstantSource time) {
    this.journals = journals;
    this.wallets = wallets;
    this.time = time;
  }

  /** Says that the reward of a completed quest is being paid, if it neither is nor was. */
  Journal begin(String player, String questId) {
    var now = time.instant();
    return journals.change(player, journal -> journal.lapsed(now).rewarding(questId, now));
  }

  /**
   * Goes on with a reward that is being paid; nothing happens if it was paid.
   *
   * @throws io.bodybroker.sdk.error.ServiceException of the payment service or the store: it is
   *     still being paid
   */
  Journal finish(String player, String questId) {
    var quest = journals.read(player).quest(questId);
    if (quest.getState() == QuestState.REWARDING) {
      wallets.pay(player, questId, quest.getReward().getCredits());
    }
    return journals.change(player, journal -> journal.paid(questId, time.instant()));
  }
}
