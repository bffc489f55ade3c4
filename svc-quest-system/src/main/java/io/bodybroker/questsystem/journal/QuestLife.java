package io.bodybroker.questsystem.journal;

import io.bodybroker.questsystem.state.v1.Happening;
import io.bodybroker.questsystem.state.v1.StoredQuest;
import io.bodybroker.questsystem.v1.FailureReason;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveCompleted;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.QuestAccepted;
import io.bodybroker.questsystem.v1.QuestCompleted;
import io.bodybroker.questsystem.v1.QuestFailed;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One quest on its way: offered, active, completed, rewarding, paid; or failed or abandoned on the
 * way. What is asked for again changes nothing; what cannot be any more is refused.
 *
 * @param quest the quest as it is
 * @param happened what made it so
 */
record QuestLife(StoredQuest quest, List<Happening> happened) {
  QuestLife {
    happened = List.copyOf(happened);
  }

  /** Whether it takes one of the places for active quests. */
  static boolean isActive(QuestState state) {
    return switch (state) {
      case ACTIVE, COMPLETED, REWARDING -> true;
      case OFFERED, PAID, FAILED, ABANDONED, QUEST_STATE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  /** Whether it stays as it is for good. */
  static boolean isOver(QuestState state) {
    return switch (state) {
      case PAID, FAILED, ABANDONED -> true;
      case OFFERED, ACTIVE, COMPLETED, REWARDING, QUEST_STATE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  private Quest value() {
    return quest.getQuest();
  }

  private QuestState state() {
    return value().getState();
  }

  QuestLife accepted(Instant now) {
    if (isActive(state())) {
      return this;
    }
    if (state() != QuestState.OFFERED) {
      throw refused("accepted");
    }
    var next =
        value().toBuilder().setState(QuestState.ACTIVE).setAcceptedAt(ProtoTimes.timestamp(now));
    if (value().hasTimeLimit()) {
      next.setDeadline(ProtoTimes.timestamp(now.plus(ProtoTimes.duration(value().getTimeLimit()))));
    }
    var event =
        QuestAccepted.newBuilder()
            .setPlayerId(value().getPlayerId())
            .setQuestId(value().getQuestId())
            .setAcceptedAt(next.getAcceptedAt());
    return with(next.build(), List.of(Happening.newBuilder().setAccepted(event).build()));
  }

  QuestLife failed(FailureReason reason, Instant now) {
    var end = reason == FailureReason.GIVEN_UP ? QuestState.ABANDONED : QuestState.FAILED;
    if (state() == end) {
      return this;
    }
    if (state() != QuestState.OFFERED && state() != QuestState.ACTIVE) {
      throw refused(end == QuestState.ABANDONED ? "abandoned" : "failed");
    }
    var next =
        value().toBuilder()
            .setState(end)
            .setFailureReason(reason)
            .setEndedAt(ProtoTimes.timestamp(now))
            .build();
    var event =
        QuestFailed.newBuilder()
            .setPlayerId(value().getPlayerId())
            .setQuestId(value().getQuestId())
            .setReason(reason)
            .setFailedAt(next.getEndedAt());
    return with(next, List.of(Happening.newBuilder().setFailed(event).build()));
  }

  QuestLife lapsed(Instant now) {
    boolean isLate =
        state() == QuestState.ACTIVE
            && value().hasDeadline()
            && !now.isBefore(ProtoTimes.instant(value().getDeadline()));
    return isLate ? failed(FailureReason.TIMED_OUT, now) : this;
  }

  QuestLife reported(String objectiveId, int amount, Instant now) {
    if (value().getObjectivesList().stream()
        .noneMatch(objective -> objective.getObjectiveId().equals(objectiveId))) {
      throw ServiceException.notFound("objective", objectiveId);
    }
    if (state() != QuestState.ACTIVE) {
      throw refused("progressed in");
    }
    return progressed(
        objective -> objective.getObjectiveId().equals(objectiveId) ? amount : 0, now);
  }

  /** What was done before the quest was accepted or after its time does not count. */
  QuestLife told(Deed deed, Instant now) {
    if (state() != QuestState.ACTIVE
        || deed.at().isBefore(ProtoTimes.instant(value().getAcceptedAt()))
        || (value().hasDeadline() && !deed.at().isBefore(ProtoTimes.instant(value().getDeadline())))
        || quest.getCountedEventsList().contains(deed.eventId())) {
      return this;
    }
    var next = progressed(deed::countsFor, now);
    return next.equals(this)
        ? this
        : new QuestLife(
            next.quest.toBuilder().addCountedEvents(deed.eventId()).build(), next.happened);
  }

  private QuestLife progressed(ToIntFunction<Objective> amount, Instant now) {
    var next = value().toBuilder();
    var events = new ArrayList<Happening>();
    for (int i = 0; i < value().getObjectivesCount(); i++) {
      var old = value().getObjectives(i);
      int progress =
          (int) Math.min(old.getCount(), (long) old.getProgress() + amount.applyAsInt(old));
      var objective = old.toBuilder().setProgress(progress).build();
      next.setObjectives(i, objective);
      if (old.getProgress() < old.getCount() && progress == old.getCount()) {
        events.add(objectiveCompleted(objective, now));
      }
    }
    if (next.getObjectivesList().stream()
        .allMatch(objective -> objective.getProgress() == objective.getCount())) {
      next.setState(QuestState.COMPLETED).setCompletedAt(ProtoTimes.timestamp(now));
      events.add(completed(now));
    }
    return with(next.build(), events);
  }

  private Happening objectiveCompleted(Objective objective, Instant now) {
    return Happening.newBuilder()
        .setObjectiveCompleted(
            ObjectiveCompleted.newBuilder()
                .setPlayerId(value().getPlayerId())
                .setQuestId(value().getQuestId())
                .setObjective(objective)
                .setCompletedAt(ProtoTimes.timestamp(now)))
        .build();
  }

  private Happening completed(Instant now) {
    return Happening.newBuilder()
        .setCompleted(
            QuestCompleted.newBuilder()
                .setPlayerId(value().getPlayerId())
                .setQuestId(value().getQuestId())
                .setReward(value().getReward())
                .setCompletedAt(ProtoTimes.timestamp(now)))
        .build();
  }

  QuestLife rewarding(Instant now) {
    return switch (state()) {
      case COMPLETED -> {
        var next = value().toBuilder().setState(QuestState.REWARDING).build();
        yield new QuestLife(
            quest.toBuilder().setQuest(next).setRewardingSince(ProtoTimes.timestamp(now)).build(),
            happened);
      }
      case REWARDING, PAID -> this;
      case OFFERED, ACTIVE, FAILED, ABANDONED, QUEST_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw refused("claimed");
    };
  }

  /** The end of one that is being rewarded. */
  QuestLife paid(Instant now) {
    var next =
        value().toBuilder().setState(QuestState.PAID).setEndedAt(ProtoTimes.timestamp(now)).build();
    return new QuestLife(quest.toBuilder().setQuest(next).clearRewardingSince().build(), happened);
  }

  private QuestLife with(Quest next, List<Happening> events) {
    return new QuestLife(quest.toBuilder().setQuest(next).build(), events);
  }

  private ServiceException refused(String what) {
    return ServiceException.builder(
            ErrorCode.FAILED_PRECONDITION,
            "quest \"%s\" is %s and cannot be %s".formatted(value().getQuestId(), state(), what))
        .detail("state", state())
        .mayHaveExecuted(false)
        .build();
  }
}
