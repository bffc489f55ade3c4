package io.bodybroker.questsystem.journal;

import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.questsystem.state.v1.Happening;
import io.bodybroker.questsystem.state.v1.StoredJournal;
import io.bodybroker.questsystem.state.v1.StoredQuest;
import io.bodybroker.questsystem.v1.FailureReason;
import io.bodybroker.questsystem.v1.Progress;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.QuestGenerated;
import io.bodybroker.questsystem.v1.QuestRewarded;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A player's quests and how far the player has come, at one moment. What is done makes another
 * journal, which says what happened ({@link StoredJournal#getHappenedList()}); if nothing did, an
 * equal one.
 *
 * <p>Immutable.
 */
public final class Journal {
  /** How many offers are kept; of more the oldest is forgotten. */
  public static final int MAX_OFFERS = 10;

  /** How many quests can be active, completed or being rewarded at once. */
  public static final int MAX_ACTIVE = 20;

  /** How many that have ended are kept; of more the one that ended first is forgotten. */
  public static final int MAX_ENDED = 50;

  private static final List<Family> FROM_THE_START =
      List.of(Family.CARRION_KIN, Family.CHATTER_SWARM);

  private final String player;
  private final StoredJournal stored;

  private Journal(String player, StoredJournal stored) {
    this.player = player;
    this.stored = stored;
  }

  /** What is stored of a player, with nothing having happened since; or a new player's journal. */
  public static Journal of(String player, Optional<StoredJournal> stored) {
    return new Journal(
        player,
        stored
            .map(found -> found.toBuilder().clearHappened().build())
            .orElseGet(() ->
                StoredJournal.newBuilder()
                    .setLevel(1)
                    .addAllFamilies(FROM_THE_START)
                    .setMoralPath(MoralPath.MIXED)
                    .build()));
  }

  /** What is to be stored. */
  public StoredJournal stored() {
    return stored;
  }

  /** The quests there are, the newest first. */
  public List<Quest> quests() {
    return stored.getQuestsList().reversed().stream().map(StoredQuest::getQuest).toList();
  }

  /**
   * The quest of this id.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is none, or it is forgotten
   */
  public Quest quest(String questId) {
    return stored.getQuests(indexOf(questId)).getQuest();
  }

  private int indexOf(String questId) {
    for (int i = 0; i < stored.getQuestsCount(); i++) {
      if (stored.getQuests(i).getQuest().getQuestId().equals(questId)) {
        return i;
      }
    }
    throw ServiceException.notFound("quest", questId);
  }

  /** How far the player has come. */
  public Progress progress() {
    return Progress.newBuilder()
        .setPlayerId(player)
        .setLevel(stored.getLevel())
        .setExperience(stored.getExperience())
        .setExperienceToNextLevel(experience().pointsToNext())
        .setReputation(stored.getReputation())
        .addAllFamilies(stored.getFamiliesList())
        .setMoralPath(stored.getMoralPath())
        .setQuestsRewarded(stored.getQuestsRewarded())
        .setQuestsFailed(stored.getQuestsFailed())
        .setActiveQuests((int) countActive())
        .build();
  }

  private Experience experience() {
    return new Experience(stored.getLevel(), stored.getExperience());
  }

  private long countActive() {
    return stored.getQuestsList().stream()
        .filter(quest -> QuestLife.isActive(quest.getQuest().getState()))
        .count();
  }

  /** With a quest offered; it gets its id here. */
  public Journal offered(Quest made, Instant now) {
    long number = stored.getGenerated() + 1;
    var quest =
        made.toBuilder()
            .setQuestId("q" + number)
            .setState(QuestState.OFFERED)
            .setGeneratedAt(ProtoTimes.timestamp(now))
            .build();
    var next =
        stored.toBuilder()
            .setGenerated(number)
            .addQuests(StoredQuest.newBuilder().setQuest(quest))
            .addHappened(
                Happening.newBuilder().setGenerated(QuestGenerated.newBuilder().setQuest(quest)));
    return new Journal(player, next.build()).pruned();
  }

  /** The quest that was offered last. */
  public Quest latest() {
    return quest("q" + stored.getGenerated());
  }

  /**
   * With an offer accepted; the same if it was before.
   *
   * @throws ServiceException {@code NOT_FOUND}; {@code FAILED_PRECONDITION} if it has ended; {@code
   *     RESOURCE_EXHAUSTED} with as many active quests as there can be
   */
  public Journal accepted(String questId, Instant now) {
    boolean isOffered = quest(questId).getState() == QuestState.OFFERED;
    if (isOffered && countActive() >= MAX_ACTIVE) {
      throw ServiceException.builder(
              ErrorCode.RESOURCE_EXHAUSTED,
              "player \"" + player + "\" has " + MAX_ACTIVE + " active quests, as many as can be")
          .mayHaveExecuted(false)
          .build();
    }
    return changed(questId, life -> life.accepted(now));
  }

  /**
   * With a quest that ended without reward; the same if it has ended so before.
   *
   * @throws ServiceException {@code NOT_FOUND}; {@code FAILED_PRECONDITION} if it is completed or
   *     has ended otherwise
   */
  public Journal failed(String questId, FailureReason reason, Instant now) {
    return changed(questId, life -> life.failed(reason, now));
  }

  /**
   * With more of an objective done.
   *
   * @throws ServiceException {@code NOT_FOUND}; {@code FAILED_PRECONDITION} if the quest is not
   *     active
   */
  public Journal reported(String questId, String objectiveId, int amount, Instant now) {
    return changed(questId, life -> life.reported(objectiveId, amount, now));
  }

  /** With a deed counted for each active quest that it is of use to, once. */
  public Journal told(Deed deed, Instant now) {
    return changedActive(life -> life.told(deed, now));
  }

  /** With what the player's kills make of the player, unless something later is known. */
  public Journal walking(MoralPath path, Instant since) {
    if (stored.hasMoralPathAt() && ProtoTimes.instant(stored.getMoralPathAt()).isAfter(since)) {
      return this;
    }
    // Also if the path is the same: what is said late of the time before is then known to be old.
    return new Journal(
        player,
        stored.toBuilder().setMoralPath(path).setMoralPathAt(ProtoTimes.timestamp(since)).build());
  }

  /** With a family that has orders for the player from now on. */
  public Journal unlocked(Family family) {
    return stored.getFamiliesList().contains(family)
        ? this
        : new Journal(player, stored.toBuilder().addFamilies(family).build());
  }

  /** With those quests failed whose time is up. */
  public Journal lapsed(Instant now) {
    return changedActive(life -> life.lapsed(now));
  }

  /**
   * With the reward of a completed quest being paid; the same if it is, or was paid.
   *
   * @throws ServiceException {@code NOT_FOUND}; {@code FAILED_PRECONDITION} if it is not completed
   */
  public Journal rewarding(String questId, Instant now) {
    return changed(questId, life -> life.rewarding(now));
  }

  /** With the reward of a quest paid; the same if it was before. */
  public Journal paid(String questId, Instant now) {
    int index = indexOf(questId);
    var quest = stored.getQuests(index).getQuest();
    if (quest.getState() != QuestState.REWARDING) {
      return this;
    }
    var reward = quest.getReward();
    var experience = experience().plus(reward.getExperience());
    var next =
        stored.toBuilder()
            .setQuests(index, new QuestLife(stored.getQuests(index), List.of()).paid(now).quest())
            .setLevel(experience.level())
            .setExperience(experience.points())
            .setReputation(stored.getReputation() + reward.getReputation())
            .setQuestsRewarded(stored.getQuestsRewarded() + 1);
    var journal = new Journal(player, next.build());
    var event =
        QuestRewarded.newBuilder()
            .setPlayerId(player)
            .setQuestId(questId)
            .setReward(reward)
            .setProgress(journal.progress())
            .setRewardedAt(ProtoTimes.timestamp(now));
    return new Journal(
            player,
            journal.stored.toBuilder()
                .addHappened(Happening.newBuilder().setRewarded(event))
                .build())
        .pruned();
  }

  /** The quests whose rewards have been being paid since before a moment. */
  public List<String> rewardingSince(Instant moment) {
    return stored.getQuestsList().stream()
        .filter(quest -> quest.getQuest().getState() == QuestState.REWARDING)
        .filter(quest -> !ProtoTimes.instant(quest.getRewardingSince()).isAfter(moment))
        .map(quest -> quest.getQuest().getQuestId())
        .toList();
  }

  /** The first moment at which an active quest fails; empty if none does. */
  public Optional<Instant> firstDeadline() {
    return stored.getQuestsList().stream()
        .map(StoredQuest::getQuest)
        .filter(quest -> quest.getState() == QuestState.ACTIVE && quest.hasDeadline())
        .map(Quest::getDeadline)
        .map(ProtoTimes::instant)
        .min(Instant::compareTo);
  }

  /** Since when the first of the rewards that are being paid is; empty if none is. */
  public Optional<Instant> firstRewarding() {
    return stored.getQuestsList().stream()
        .filter(quest -> quest.getQuest().getState() == QuestState.REWARDING)
        .map(StoredQuest::getRewardingSince)
        .map(ProtoTimes::instant)
        .min(Instant::compareTo);
  }

  /** Active quests are never forgotten, whatever becomes of the others meanwhile. */
  private Journal changedActive(UnaryOperator<QuestLife> change) {
    var journal = this;
    for (StoredQuest quest : stored.getQuestsList()) {
      if (quest.getQuest().getState() == QuestState.ACTIVE) {
        journal = journal.changed(quest.getQuest().getQuestId(), change);
      }
    }
    return journal;
  }

  private Journal changed(String questId, UnaryOperator<QuestLife> change) {
    int index = indexOf(questId);
    var before = new QuestLife(stored.getQuests(index), List.of());
    var after = change.apply(before);
    if (after.equals(before)) {
      return this;
    }
    long failures = after.happened().stream().filter(Happening::hasFailed).count();
    return new Journal(
            player,
            stored.toBuilder()
                .setQuests(index, after.quest())
                .setQuestsFailed(stored.getQuestsFailed() + failures)
                .addAllHappened(after.happened())
                .build())
        .pruned();
  }

  /** Without those that are too many: offers made first, and quests that ended first. */
  private Journal pruned() {
    var forgotten = new HashSet<String>();
    forgotten.addAll(
        beyond(
            MAX_OFFERS,
            stored.getQuestsList().stream()
                .map(StoredQuest::getQuest)
                .filter(quest -> quest.getState() == QuestState.OFFERED)));
    // By when they ended and not by when they were made: a player may take long over a quest, and
    // one whose reward has just been paid has to be there for whoever claims it again.
    forgotten.addAll(
        beyond(
            MAX_ENDED,
            stored.getQuestsList().stream()
                .map(StoredQuest::getQuest)
                .filter(quest -> QuestLife.isOver(quest.getState()))
                .sorted(Comparator.comparing(quest -> ProtoTimes.instant(quest.getEndedAt())))));
    return forgotten.isEmpty() ? this : without(forgotten);
  }

  /** The ids of the first ones, if there are more than so many. */
  private static List<String> beyond(int most, Stream<Quest> quests) {
    var ids = quests.map(Quest::getQuestId).toList();
    return ids.subList(0, Math.max(0, ids.size() - most));
  }

  private Journal without(Set<String> questIds) {
    var kept =
        stored.getQuestsList().stream()
            .filter(quest -> !questIds.contains(quest.getQuest().getQuestId()))
            .toList();
    return new Journal(player, stored.toBuilder().clearQuests().addAllQuests(kept).build());
  }
}
