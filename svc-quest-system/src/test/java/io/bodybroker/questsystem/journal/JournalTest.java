package io.bodybroker.questsystem.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.questsystem.journal.Deed.Act;
import io.bodybroker.questsystem.journal.Deed.Part;
import io.bodybroker.questsystem.state.v1.Happening;
import io.bodybroker.questsystem.state.v1.Happening.EventCase;
import io.bodybroker.questsystem.v1.FailureReason;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveType;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.questsystem.v1.Reward;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.testing.ServiceAssertions;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Journal NEW = Journal.of("ada", Optional.empty());

  /** Hunt two of those who deserve it, harvest two prime hearts, sell to the Moon-Clans. */
  private static Quest order() {
    return Quest.newBuilder()
        .setPlayerId("ada")
        .addObjectives(
            objective("o1", ObjectiveType.HUNT, 2).setTargetMorality(TargetMorality.DESERVING))
        .addObjectives(
            objective("o2", ObjectiveType.HARVEST, 2)
                .setPart(PartType.HEART)
                .setMinGrade(Grade.PRIME))
        .addObjectives(
            objective("o3", ObjectiveType.HAGGLE, 1)
                .setFamily(Family.MOON_CLANS)
                .setPart(PartType.HEART)
                .setMinGrade(Grade.PRIME))
        .setReward(Reward.newBuilder().setCredits(100).setExperience(250).setReputation(10))
        .setTimeLimit(ProtoTimes.duration(Duration.ofDays(7)))
        .build();
  }

  private static Objective.Builder objective(String id, ObjectiveType type, int count) {
    return Objective.newBuilder().setObjectiveId(id).setType(type).setCount(count);
  }

  private static Journal active() {
    return NEW.offered(order(), NOW).accepted("q1", NOW);
  }

  private static Deed deed(String id, Act act) {
    return new Deed(id, NOW.plusSeconds(1), act);
  }

  private static List<Integer> progress(Journal journal) {
    return journal.quest("q1").getObjectivesList().stream().map(Objective::getProgress).toList();
  }

  private static List<EventCase> happened(Journal journal) {
    return journal.stored().getHappenedList().stream().map(Happening::getEventCase).toList();
  }

  private static final Act KILL = new Deed.Kill(TargetMorality.DESERVING, KillMethod.BLADE_KILL);
  private static final Act HEARTS =
      new Deed.Harvest(
          List.of(new Part(PartType.HEART, Grade.PRIME), new Part(PartType.HEART, Grade.PRISTINE)));
  private static final Act SALE =
      new Deed.Deal(Family.MOON_CLANS, List.of(new Part(PartType.HEART, Grade.PRIME)));

  static Stream<Arguments> deeds() {
    return Stream.of(
        Arguments.of(KILL, List.of(1, 0, 0)),
        Arguments.of(
            new Deed.Kill(TargetMorality.INNOCENT, KillMethod.BLADE_KILL), List.of(0, 0, 0)),
        Arguments.of(
            new Deed.Kill(TargetMorality.TARGET_MORALITY_UNSPECIFIED, KillMethod.BLADE_KILL),
            List.of(0, 0, 0)),
        Arguments.of(HEARTS, List.of(0, 2, 0)),
        Arguments.of(
            new Deed.Harvest(
                List.of(
                    new Part(PartType.HEART, Grade.GOOD),
                    new Part(PartType.LIVER, Grade.PRISTINE),
                    new Part(PartType.HEART, Grade.PRIME))),
            List.of(0, 1, 0)),
        Arguments.of(SALE, List.of(0, 0, 1)),
        Arguments.of(
            new Deed.Deal(Family.CARRION_KIN, List.of(new Part(PartType.HEART, Grade.PRIME))),
            List.of(0, 0, 0)),
        Arguments.of(
            new Deed.Deal(Family.MOON_CLANS, List.of(new Part(PartType.HEART, Grade.GOOD))),
            List.of(0, 0, 0)),
        Arguments.of(new Deed.Talk("moon_clans_envoy"), List.of(0, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void countsWhatIsOfUse(Act act, List<Integer> progress) {
    assertThat(progress(active().told(deed("e1", act), NOW))).isEqualTo(progress);
  }

  @Test
  void countsCombatByMethodAndTalksByWhoWasTalkedTo() {
    var quest =
        order().toBuilder()
            .clearObjectives()
            .addObjectives(
                objective("o1", ObjectiveType.COMBAT, 1).setMethod(KillMethod.POISON_KILL))
            .addObjectives(objective("o2", ObjectiveType.TALK, 1).setNpcId("envoy"))
            .build();
    var active = NEW.offered(quest, NOW).accepted("q1", NOW);
    assertThat(progress(active.told(deed("e1", KILL), NOW))).containsExactly(0, 0);
    assertThat(progress(active.told(deed("e2", new Deed.Talk("other")), NOW)))
        .containsExactly(0, 0);
    var done =
        active
            .told(deed("e3", new Deed.Talk("envoy")), NOW)
            .told(deed("e4", new Deed.Kill(TargetMorality.NEUTRAL, KillMethod.POISON_KILL)), NOW);
    assertThat(done.quest("q1").getState()).isEqualTo(QuestState.COMPLETED);
  }

  @Test
  void completesWhenAllIsDoneAndTellsEachStepOnce() {
    var done =
        active()
            .told(deed("e1", SALE), NOW)
            .told(deed("e2", KILL), NOW)
            .told(deed("e3", HEARTS), NOW)
            .told(deed("e4", KILL), NOW);
    assertThat(done.quest("q1").getState()).isEqualTo(QuestState.COMPLETED);
    assertThat(done.quest("q1").getCompletedAt()).isEqualTo(ProtoTimes.timestamp(NOW));
    assertThat(happened(done))
        .containsExactly(
            EventCase.GENERATED,
            EventCase.ACCEPTED,
            EventCase.OBJECTIVE_COMPLETED,
            EventCase.OBJECTIVE_COMPLETED,
            EventCase.OBJECTIVE_COMPLETED,
            EventCase.COMPLETED);
  }

  @Test
  void countsAnEventOnceHoweverOftenItComes() {
    var once = active().told(deed("e1", KILL), NOW);
    assertThat(once.told(deed("e1", KILL), NOW).stored()).isEqualTo(once.stored());
    assertThat(progress(once.told(deed("e2", KILL), NOW))).containsExactly(2, 0, 0);
  }

  @Test
  void countsOnlyWhatWasDoneAfterAcceptanceAndInTime() {
    var early = new Deed("e1", NOW.minusMillis(1), KILL);
    assertThat(progress(active().told(early, NOW))).containsExactly(0, 0, 0);
    var late = new Deed("e2", NOW.plus(Duration.ofDays(7)), KILL);
    assertThat(progress(active().told(late, NOW))).containsExactly(0, 0, 0);
    var inTime = new Deed("e3", NOW.plus(Duration.ofDays(7)).minusMillis(1), KILL);
    var heardLate = NOW.plus(Duration.ofDays(8));
    assertThat(progress(active().told(inTime, heardLate))).containsExactly(1, 0, 0);
    assertThat(active().told(inTime, heardLate).lapsed(heardLate).quest("q1").getFailureReason())
        .isEqualTo(FailureReason.TIMED_OUT);
  }

  @Test
  void neverCountsFurtherThanAsked() {
    var three =
        new Deed.Harvest(
            List.of(
                new Part(PartType.HEART, Grade.PRIME),
                new Part(PartType.HEART, Grade.PRIME),
                new Part(PartType.HEART, Grade.PRIME)));
    var journal = active().told(deed("e1", three), NOW);
    assertThat(progress(journal)).containsExactly(0, 2, 0);
    assertThat(journal.told(deed("e2", three), NOW).stored()).isEqualTo(journal.stored());
    assertThat(progress(active().reported("q1", "o1", 1_000, NOW))).containsExactly(2, 0, 0);
  }

  @Test
  void failsWhenTheTimeIsUpAndNotBefore() {
    var deadline = NOW.plus(Duration.ofDays(7));
    assertThat(active().firstDeadline()).contains(deadline);
    assertThat(active().lapsed(deadline.minusMillis(1)).stored()).isEqualTo(active().stored());
    var failed = active().lapsed(deadline);
    assertThat(failed.quest("q1").getState()).isEqualTo(QuestState.FAILED);
    assertThat(failed.firstDeadline()).isEmpty();
    assertThat(failed.progress().getQuestsFailed()).isEqualTo(1);
    assertThat(happened(failed)).endsWith(EventCase.FAILED);
  }

  @Test
  void rewardsACompletedQuestOnce() {
    var completed = active().reported("q1", "o1", 2, NOW).reported("q1", "o2", 2, NOW);
    completed = completed.reported("q1", "o3", 1, NOW);
    var rewarding = completed.rewarding("q1", NOW);
    assertThat(completed.firstRewarding()).isEmpty();
    assertThat(rewarding.firstRewarding()).contains(NOW);
    assertThat(rewarding.rewarding("q1", NOW.plusSeconds(9)).stored())
        .isEqualTo(rewarding.stored());
    assertThat(rewarding.rewardingSince(NOW.minusMillis(1))).isEmpty();
    assertThat(rewarding.rewardingSince(NOW)).containsExactly("q1");
    var paid = rewarding.paid("q1", NOW);
    assertThat(paid.quest("q1").getState()).isEqualTo(QuestState.PAID);
    assertThat(paid.paid("q1", NOW).stored()).isEqualTo(paid.stored());
    assertThat(paid.rewarding("q1", NOW).stored()).isEqualTo(paid.stored());
    // 250 make level 2 with 100 and leave 150 of 200.
    assertThat(paid.progress().getLevel()).isEqualTo(2);
    assertThat(paid.progress().getExperience()).isEqualTo(150);
    assertThat(paid.progress().getExperienceToNextLevel()).isEqualTo(200);
    assertThat(paid.progress().getReputation()).isEqualTo(10);
    assertThat(paid.progress().getQuestsRewarded()).isEqualTo(1);
    assertThat(happened(paid)).endsWith(EventCase.REWARDED);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 99, 1, 99", "1, 0, 100, 2, 0", "1, 50, 50, 2, 0", "1, 0, 299, 2, 199",
    "1, 0, 300, 3, 0", "5, 499, 1, 6, 0", "1, 0, 0, 1, 0", "1, 0, 5500, 11, 0"
  })
  void makesLevelsOfExperience(int level, long points, long more, int then, long left) {
    assertThat(new Experience(level, points).plus(more)).isEqualTo(new Experience(then, left));
  }

  @Test
  void refusesWhatCannotBeAnyMore() {
    var offered = NEW.offered(order(), NOW);
    var abandoned = offered.failed("q1", FailureReason.GIVEN_UP, NOW);
    assertThat(abandoned.quest("q1").getState()).isEqualTo(QuestState.ABANDONED);
    assertThat(abandoned.failed("q1", FailureReason.GIVEN_UP, NOW).stored())
        .isEqualTo(abandoned.stored());
    assertRefused(
        "quest \"q1\" is ABANDONED and cannot be accepted", () -> abandoned.accepted("q1", NOW));
    assertRefused(
        "quest \"q1\" is ABANDONED and cannot be failed",
        () -> abandoned.failed("q1", FailureReason.STORY, NOW));
    assertRefused(
        "quest \"q1\" is OFFERED and cannot be claimed", () -> offered.rewarding("q1", NOW));
    assertRefused(
        "quest \"q1\" is OFFERED and cannot be progressed in",
        () -> offered.reported("q1", "o1", 1, NOW));
    assertFails(
        ErrorCode.NOT_FOUND, "quest \"q9\" does not exist", () -> offered.accepted("q9", NOW));
    assertFails(
        ErrorCode.NOT_FOUND,
        "objective \"o9\" does not exist",
        () -> active().reported("q1", "o9", 1, NOW));
  }

  @Test
  void acceptsOnceAndKeepsTheFirstDeadline() {
    var again = active().accepted("q1", NOW.plusSeconds(60));
    assertThat(again.stored()).isEqualTo(active().stored());
  }

  @Test
  void hasRoomForTwentyActiveQuests() {
    var journal = NEW;
    for (int i = 1; i <= Journal.MAX_ACTIVE; i++) {
      journal = journal.offered(order(), NOW).accepted("q" + i, NOW);
    }
    var full = journal.offered(order(), NOW);
    assertFails(
        ErrorCode.RESOURCE_EXHAUSTED,
        "player \"ada\" has 20 active quests, as many as can be",
        () -> full.accepted("q21", NOW));
    var free = full.failed("q3", FailureReason.GIVEN_UP, NOW).accepted("q21", NOW);
    assertThat(free.progress().getActiveQuests()).isEqualTo(20);
  }

  @Test
  void forgetsTheOldestOffersAndEnds() {
    var journal = NEW;
    for (int i = 0; i < Journal.MAX_OFFERS + 2; i++) {
      journal = journal.offered(order(), NOW);
    }
    assertThat(journal.quests())
        .hasSize(Journal.MAX_OFFERS)
        .extracting(Quest::getQuestId)
        .startsWith("q12")
        .endsWith("q3");
    for (int i = 13; i < 13 + Journal.MAX_ENDED + 5; i++) {
      journal = journal.offered(order(), NOW).failed("q" + i, FailureReason.STORY, NOW);
    }
    assertThat(journal.quests())
        .filteredOn(quest -> quest.getState() == QuestState.FAILED)
        .hasSize(50);
    assertThat(journal.progress().getQuestsFailed()).isEqualTo(55);
  }

  @Test
  void knowsThePathThatWasSaidLast() {
    var later = NEW.walking(MoralPath.BUTCHER, NOW);
    assertThat(later.walking(MoralPath.SURGEON, NOW.minusSeconds(1)).progress().getMoralPath())
        .isEqualTo(MoralPath.BUTCHER);
    assertThat(later.walking(MoralPath.SURGEON, NOW.plusSeconds(1)).progress().getMoralPath())
        .isEqualTo(MoralPath.SURGEON);
    var stillThere = later.walking(MoralPath.BUTCHER, NOW.plusSeconds(9));
    assertThat(stillThere.walking(MoralPath.SURGEON, NOW.plusSeconds(5)).progress().getMoralPath())
        .as("said of the time before it was said again")
        .isEqualTo(MoralPath.BUTCHER);
    assertThat(stillThere.walking(MoralPath.BUTCHER, NOW.plusSeconds(9)).stored())
        .isEqualTo(stillThere.stored());
  }

  @Test
  void hearsOfAFamilyOnce() {
    assertThat(NEW.progress().getFamiliesList())
        .containsExactly(Family.CARRION_KIN, Family.CHATTER_SWARM);
    var unlocked = NEW.unlocked(Family.STITCH_GUILD);
    assertThat(unlocked.unlocked(Family.STITCH_GUILD).stored()).isEqualTo(unlocked.stored());
  }

  /**
   * Whatever is done in whatever order: progress never falls, ends are for good, and the bounds
   * hold.
   */
  @RepeatedTest(60)
  void keepsItsPromisesWhateverHappens(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var journal = NEW;
    var now = NOW;
    Map<String, Quest> seen = new HashMap<>();
    int paid = 0;
    for (int step = 0; step < 200; step++) {
      now = now.plus(Duration.ofHours(random.nextInt(12)));
      journal = Journal.of("ada", Optional.of(journal.stored()));
      try {
        journal = step(journal, random, now, step);
      } catch (ServiceException e) {
        assertThat(e.code())
            .isIn(ErrorCode.FAILED_PRECONDITION, ErrorCode.NOT_FOUND, ErrorCode.RESOURCE_EXHAUSTED);
      }
      paid += (int) happened(journal).stream().filter(one -> one == EventCase.REWARDED).count();
      assertThat(journal.progress().getActiveQuests()).isBetween(0, Journal.MAX_ACTIVE);
      assertThat(journal.quests()).hasSizeLessThanOrEqualTo(80);
      for (Quest quest : journal.quests()) {
        check(seen.put(quest.getQuestId(), quest), quest);
      }
    }
    assertThat(journal.progress().getQuestsRewarded()).isEqualTo(paid);
    assertThat(journal.progress().getReputation()).isEqualTo(paid * 10L);
  }

  private static Journal step(Journal journal, Random random, Instant now, int step) {
    var quest = "q" + (1 + random.nextInt(30));
    return switch (random.nextInt(9)) {
      case 0 -> journal.offered(order(), now);
      case 1, 2 -> journal.accepted(quest, now);
      case 3 -> journal.told(new Deed("e" + step, now, KILL), now);
      case 4 -> journal.told(new Deed("e" + random.nextInt(200), now, HEARTS), now);
      case 5 -> journal.told(new Deed("e" + step, now, SALE), now);
      case 6 -> journal.rewarding(quest, now);
      case 7 -> journal.paid(quest, now);
      default ->
          random.nextInt(4) == 0
              ? journal.failed(quest, FailureReason.GIVEN_UP, now)
              : journal.lapsed(now);
    };
  }

  private static void check(@Nullable Quest before, Quest now) {
    boolean isDone =
        now.getObjectivesList().stream().allMatch(one -> one.getProgress() == one.getCount());
    boolean isCompleted =
        List.of(QuestState.COMPLETED, QuestState.REWARDING, QuestState.PAID)
            .contains(now.getState());
    assertThat(isDone).isEqualTo(isCompleted);
    if (before != null) {
      for (int i = 0; i < now.getObjectivesCount(); i++) {
        assertThat(now.getObjectives(i).getProgress())
            .isBetween(before.getObjectives(i).getProgress(), now.getObjectives(i).getCount());
      }
      if (QuestLife.isOver(before.getState())) {
        assertThat(now).isEqualTo(before);
      }
    }
  }

  private static void assertRefused(String message, Executable change) {
    assertFails(ErrorCode.FAILED_PRECONDITION, message, change);
  }

  private static void assertFails(ErrorCode code, String message, Executable change) {
    assertThat(ServiceAssertions.assertFails(code, change).message()).isEqualTo(message);
  }
}
