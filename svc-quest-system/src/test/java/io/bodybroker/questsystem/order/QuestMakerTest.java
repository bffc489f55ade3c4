package io.bodybroker.questsystem.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.common.v1.DayPhase;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.common.v1.Season;
import io.bodybroker.questsystem.order.Circumstances.WorldTime;
import io.bodybroker.questsystem.v1.Difficulty;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveType;
import io.bodybroker.questsystem.v1.Quest;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuestMakerTest {
  private static final WorldTime NIGHT = new WorldTime(DayPhase.NIGHT, MoonPhase.NEW, Season.FALL);

  private static Circumstances circumstances(Family family) {
    return circumstances(List.of(family), 1, 0, MoralPath.MIXED, NIGHT);
  }

  private static Circumstances circumstances(
      List<Family> families,
      int level,
      long reputation,
      MoralPath path,
      WorldTime time,
      String... flags) {
    return new Circumstances(
        "ada",
        level,
        reputation,
        families,
        path,
        "veridian",
        Circumstances.flags(List.of(flags)),
        time);
  }

  private static Objective objective(Quest quest, ObjectiveType type) {
    return quest.getObjectivesList().stream()
        .filter(objective -> objective.getType() == type)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void makesTheSameQuestOfTheSame() {
    var families = List.of(Family.MOON_CLANS, Family.CARRION_KIN);
    var turned = List.of(Family.CARRION_KIN, Family.MOON_CLANS, Family.CARRION_KIN);
    for (long seed = 0; seed < 50; seed++) {
      var one = circumstances(families, 3, 40, MoralPath.SURGEON, NIGHT, "plague", "lockdown");
      var other = circumstances(turned, 3, 40, MoralPath.SURGEON, NIGHT, "lockdown", "plague");
      assertThat(QuestMaker.make(one, Difficulty.HARD, seed))
          .isEqualTo(QuestMaker.make(other, Difficulty.HARD, seed));
    }
  }

  /** Pinned: another release must not make other quests of running seeds without meaning to. */
  @Test
  void makesTheseQuestsForAllTime() {
    var families = List.of(Family.CARRION_KIN, Family.CHATTER_SWARM, Family.STITCH_GUILD);
    var circumstances = circumstances(families, 4, 120, MoralPath.MIXED, NIGHT);
    assertThat(
            LongStream.range(0, 4)
                .mapToObj(seed -> QuestMaker.make(circumstances, Difficulty.NORMAL, seed)))
        .extracting(
            Quest::getTitle, quest -> objective(quest, ObjectiveType.HARVEST).getDescription())
        .containsExactly(PINNED);
  }

  private static final Tuple[] PINNED = {
    tuple("The Dark Trade", "Harvest 2 eyes, prime or better"),
    tuple("The Corrupt Trade", "Harvest 2 bones, prime or better"),
    tuple("The Corrupt Hunt", "Harvest 3 tongues, prime or better"),
    tuple("The Corrupt Trade", "Harvest 3 nervous systems, prime or better"),
  };

  @Test
  void makesAnotherQuestOfAnotherSeedOrCircumstance() {
    var usual = circumstances(Family.MOON_CLANS);
    var quests =
        List.of(
            QuestMaker.make(usual, Difficulty.EASY, 1),
            QuestMaker.make(usual, Difficulty.EASY, 2),
            QuestMaker.make(
                circumstances(List.of(Family.MOON_CLANS), 9, 0, MoralPath.MIXED, NIGHT),
                Difficulty.EASY,
                1),
            QuestMaker.make(
                circumstances(List.of(Family.MOON_CLANS), 1, 0, MoralPath.MIXED, NIGHT, "plague"),
                Difficulty.EASY,
                1));
    assertThat(quests).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"FAMILY_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void chainsHarvestAndHaggleOverOnePartTheFamilyWants(Family family) {
    for (long seed = 0; seed < 20; seed++) {
      var quest = QuestMaker.make(circumstances(family), Difficulty.HARD, seed);
      var harvest = objective(quest, ObjectiveType.HARVEST);
      var haggle = objective(quest, ObjectiveType.HAGGLE);
      assertThat(Orders.of(family).parts()).contains(harvest.getPart());
      assertThat(haggle.getPart()).isEqualTo(harvest.getPart());
      assertThat(haggle.getMinGrade()).isEqualTo(harvest.getMinGrade());
      assertThat(haggle.getFamily()).isEqualTo(quest.getFamily()).isEqualTo(family);
      assertThat(quest.getObjectivesList())
          .extracting(Objective::getType)
          .containsExactly(
              ObjectiveType.COMBAT,
              ObjectiveType.HUNT,
              ObjectiveType.HARVEST,
              ObjectiveType.HAGGLE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EASY, MOON_CLANS, GOOD", "NORMAL, MOON_CLANS, PRIME", "HARD, MOON_CLANS, PRISTINE",
    "EASY, CARRION_KIN, DAMAGED", "NORMAL, CARRION_KIN, GOOD", "HARD, CARRION_KIN, PRIME"
  })
  void asksForPartsAsGoodAsTheQuestIsHard(Difficulty difficulty, Family family, Grade floor) {
    var quest = QuestMaker.make(circumstances(family), difficulty, 7);
    assertThat(objective(quest, ObjectiveType.HARVEST).getMinGrade()).isEqualTo(floor);
  }

  @ParameterizedTest
  @CsvSource({
    "SURGEON, DESERVING",
    "BUTCHER, INNOCENT",
    "MIXED, TARGET_MORALITY_UNSPECIFIED",
  })
  void sendsAPlayerAfterThoseThePathIsAfter(MoralPath path, TargetMorality morality) {
    var circumstances = circumstances(List.of(Family.MOON_CLANS), 1, 0, path, NIGHT);
    var hunt = objective(QuestMaker.make(circumstances, Difficulty.NORMAL, 3), ObjectiveType.HUNT);
    assertThat(hunt.getTargetMorality()).isEqualTo(morality);
  }

  @ParameterizedTest
  @CsvSource({
    // Base 100/50/10, 250/75/15 and 500/100/25, times .75, 1 or 1.5, times 1 + .1 (level - 1).
    "CARRION_KIN, EASY, 1, '', 75, 37, 7",
    "CARRION_KIN, NORMAL, 1, '', 100, 50, 10",
    "CARRION_KIN, HARD, 1, '', 150, 75, 15",
    "MOON_CLANS, NORMAL, 3, '', 300, 90, 18",
    "OBSIDIAN_SYNOD, HARD, 11, '', 1500, 300, 75",
    "CARRION_KIN, NORMAL, 2, '', 110, 55, 11",
    "CARRION_KIN, NORMAL, 1, lockdown, 120, 60, 12",
    "CARRION_KIN, NORMAL, 1, plague, 110, 55, 11",
    "CARRION_KIN, NORMAL, 1, rain, 100, 50, 10"
  })
  void paysByFamilyDifficultyLevelAndDanger(
      Family family,
      Difficulty difficulty,
      int level,
      String flag,
      long credits,
      long experience,
      long reputation) {
    var circumstances =
        flag.isEmpty()
            ? circumstances(List.of(family), level, 0, MoralPath.MIXED, NIGHT)
            : circumstances(List.of(family), level, 0, MoralPath.MIXED, NIGHT, flag);
    var reward = QuestMaker.make(circumstances, difficulty, 1).getReward();
    assertThat(List.of(reward.getCredits(), reward.getExperience(), reward.getReputation()))
        .containsExactly(credits, experience, reputation);
  }

  @ParameterizedTest
  @CsvSource({"EASY, 0", "NORMAL, 604800", "HARD, 172800"})
  void givesLessTimeTheHarderItIs(Difficulty difficulty, long seconds) {
    var quest = QuestMaker.make(circumstances(Family.MOON_CLANS), difficulty, 1);
    assertThat(quest.hasTimeLimit()).isEqualTo(seconds > 0);
    assertThat(quest.getTimeLimit().getSeconds()).isEqualTo(seconds);
  }

  @Test
  void takesFromTheLivingWhatOnlyTheyHave() {
    var quest = QuestMaker.make(circumstances(Family.LEVIATHAN_CONCLAVE), Difficulty.HARD, 1);
    assertThat(objective(quest, ObjectiveType.HARVEST).getPart()).isEqualTo(PartType.SOUL);
    assertThat(objective(quest, ObjectiveType.COMBAT).getMethod())
        .isEqualTo(KillMethod.LIVE_EXTRACTION);
  }

  @Test
  void hearsMoreOfFamiliesInDemandUnderAFullMoonAndWithReputation() {
    var families = List.of(Family.CARRION_KIN, Family.MOON_CLANS);
    long usual = moonClans(circumstances(families, 1, 0, MoralPath.MIXED, NIGHT));
    var full = new WorldTime(DayPhase.NIGHT, MoonPhase.FULL, Season.FALL);
    assertThat(usual).isBetween(150L, 350L);
    assertThat(moonClans(circumstances(families, 1, 0, MoralPath.MIXED, full)))
        .isBetween(420L, 580L);
    assertThat(
            moonClans(circumstances(families, 1, 0, MoralPath.MIXED, NIGHT, "demand_moon_clans")))
        .isBetween(420L, 580L);
    assertThat(moonClans(circumstances(families, 1, 1_000, MoralPath.MIXED, NIGHT)))
        .isBetween(480L, 660L);
  }

  private static long moonClans(Circumstances circumstances) {
    return LongStream.range(0, 1_000)
        .filter(seed ->
            QuestMaker.make(circumstances, Difficulty.EASY, seed).getFamily() == Family.MOON_CLANS)
        .count();
  }

  @Property(tries = 300)
  void keepsTheShapeOfAQuest(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int level,
      @ForAll @LongRange(min = 0, max = 100_000) long reputation,
      @ForAll @IntRange(min = 1, max = 3) int difficulty) {
    var all = LongStream.rangeClosed(1, 8).mapToObj(n -> Family.forNumber((int) n)).toList();
    var quest =
        QuestMaker.make(
            circumstances(all, level, reputation, MoralPath.MIXED, NIGHT),
            Difficulty.forNumber(difficulty),
            seed);
    boolean isBulk = quest.getFamily() == Family.CARRION_KIN;
    assertThat(quest.getObjectivesCount()).isBetween(2, 4);
    assertThat(quest.getObjectivesList())
        .extracting(Objective::getObjectiveId)
        .containsExactlyElementsOf(
            List.of("o1", "o2", "o3", "o4").subList(0, quest.getObjectivesCount()));
    assertThat(quest.getObjectivesList())
        .allSatisfy(objective -> {
          assertThat(objective.getCount()).isBetween(1, isBulk ? 10 : 5);
          assertThat(objective.getProgress()).isZero();
          assertThat(objective.getDescription()).isNotEmpty();
        });
    assertThat(quest.getReward().getCredits()).isPositive();
  }
}
