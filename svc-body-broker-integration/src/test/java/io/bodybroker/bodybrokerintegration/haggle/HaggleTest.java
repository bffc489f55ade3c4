package io.bodybroker.bodybrokerintegration.haggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.bodybrokerintegration.family.Goods;
import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.v1.BookTier;
import io.bodybroker.bodybrokerintegration.v1.Demand;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Tactic;
import io.bodybroker.bodybrokerintegration.v1.Temperament;
import io.bodybroker.common.v1.MoonPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaggleTest {
  private static List<Goods> eyes(Grade grade) {
    return List.of(new Goods(PartType.EYE, grade, 1, List.of()));
  }

  private static Haggle haggle(
      Family family, int regard, int charisma, Demand demand, Grade grade, Tactic... tactics) {
    var stance = new Haggle.Stance(regard, charisma, List.of(tactics), List.of());
    return Haggle.of(Profile.of(family), stance, demand, eyes(grade));
  }

  @ParameterizedTest
  @CsvSource({
    "50, 5, NORMAL_DEMAND, GOOD, 0",
    "100, 5, NORMAL_DEMAND, GOOD, 0.5",
    "0, 5, NORMAL_DEMAND, GOOD, -0.5",
    "50, 10, NORMAL_DEMAND, GOOD, 0.5",
    "50, 1, NORMAL_DEMAND, GOOD, -0.4",
    "50, 5, LOW_DEMAND, GOOD, -0.2",
    "50, 5, HIGH_DEMAND, GOOD, 0.2",
    "50, 5, CRITICAL_DEMAND, GOOD, 0.5",
    "50, 5, NORMAL_DEMAND, JUNK, -0.3",
    "50, 5, NORMAL_DEMAND, DAMAGED, -0.15",
    "50, 5, NORMAL_DEMAND, PRIME, 0.2",
    "50, 5, NORMAL_DEMAND, PRISTINE, 0.4",
    "70, 6, HIGH_DEMAND, PRIME, 0.7"
  })
  void addsUpLeverage(int regard, int charisma, Demand demand, Grade grade, double leverage) {
    assertThat(haggle(Family.CHATTER_SWARM, regard, charisma, demand, grade).leverage())
        .isCloseTo(leverage, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, 0.8, EXCELLENT_OUTCOME, 1.5, 0, 10",
    "0.59, 0.8, GOOD_OUTCOME, 1.2, 0, 5",
    "0.3, 0.8, GOOD_OUTCOME, 1.2, 0, 5",
    "0.29, 0.8, FAIR_OUTCOME, 1, 0, 0",
    "-0.1, 0.8, FAIR_OUTCOME, 1, 0, 0",
    "-0.11, 0.8, POOR_OUTCOME, 0.8, -5, 0",
    "-0.4, 0.8, POOR_OUTCOME, 0.8, -5, 0",
    "-0.41, 0.8, FAILED_OUTCOME, 0, -10, 0",
    "-0.6, 0.8, FAILED_OUTCOME, 0, -10, 0",
    "-0.61, 0.8, HOSTILE_OUTCOME, 0, -50, 0",
    "-0.61, 0.5, FAILED_OUTCOME, 0, -10, 0",
    "-5, 0.1, FAILED_OUTCOME, 0, -10, 0"
  })
  void comesToAnOutcome(
      double leverage,
      double aggression,
      Outcome outcome,
      double multiplier,
      int offence,
      int gratitude) {
    assertThat(Outcomes.of(leverage, aggression)).isEqualTo(outcome);
    assertThat(Outcomes.multiplier(outcome)).isEqualTo(multiplier);
    assertThat(Outcomes.offence(outcome)).isEqualTo(offence);
    assertThat(Outcomes.gratitude(outcome)).isEqualTo(gratitude);
  }

  @ParameterizedTest
  @CsvSource({
    "AGGRESSIVE, INTIMIDATE, 0.2",
    "AGGRESSIVE, CHARM, -0.1",
    "AGGRESSIVE, LOGIC, -0.2",
    "AGGRESSIVE, APPEAL_TO_GREED, 0.15",
    "AGGRESSIVE, RIDDLE, -0.1",
    "CALCULATED, INTIMIDATE, -0.2",
    "CALCULATED, CHARM, 0.1",
    "CALCULATED, LOGIC, 0.3",
    "CALCULATED, APPEAL_TO_GREED, 0.2",
    "WHIMSICAL, INTIMIDATE, -0.3",
    "WHIMSICAL, CHARM, 0.2",
    "WHIMSICAL, LOGIC, -0.1",
    "WHIMSICAL, RIDDLE, 0.4",
    "DESPERATE, INTIMIDATE, 0.3",
    "DESPERATE, CHARM, 0.1",
    "DESPERATE, LOGIC, 0",
    "DESPERATE, EXPLOIT_DESPERATION, 0.4",
    "COLD, INTIMIDATE, 0",
    "COLD, CHARM, 0",
    "COLD, LOGIC, 0.3",
    "COLD, DATA_DRIVEN_ARGUMENT, 0.3",
    "COLD, APPEAL_TO_GREED, -0.1"
  })
  void knowsWhatWorksOnWhom(Temperament mood, Tactic tactic, double effect) {
    assertThat(Tactics.effect(mood, tactic)).isEqualTo(effect);
  }

  @Test
  void clampsTacticsAndSeesThroughUsedOnes() {
    var many = List.of(Tactic.LOGIC, Tactic.APPEAL_TO_GREED, Tactic.CHARM);
    assertThat(Tactics.leverage(Temperament.CALCULATED, many, List.of())).isEqualTo(0.3);
    assertThat(
            Tactics.leverage(Temperament.CALCULATED, List.of(Tactic.LOGIC), List.of(Tactic.LOGIC)))
        .isEqualTo(-0.1);
  }

  @ParameterizedTest
  @CsvSource({
    // 10,000 for an eye, times grade and outcome, at 200 x 1.25 a unit.
    "GOOD, NORMAL_DEMAND, 40",
    "PRIME, NORMAL_DEMAND, 60",
    "PRISTINE, NORMAL_DEMAND, 96",
    "PRISTINE, HIGH_DEMAND, 120",
    "DAMAGED, NORMAL_DEMAND, 16",
    "JUNK, LOW_DEMAND, 0"
  })
  void buysAQuantityOfTheFamilysDrug(Grade grade, Demand demand, long quantity) {
    var haggle = haggle(Family.CHATTER_SWARM, 50, 5, demand, grade);
    assertThat(haggle.quantity()).isEqualTo(quantity);
    assertThat(haggle.isDeal()).isEqualTo(quantity > 0);
  }

  @Test
  void doesNotMindGradesWhereEverythingIsEaten() {
    var flesh = List.of(new Goods(PartType.FLESH, Grade.JUNK, 1, List.of()));
    var stance = new Haggle.Stance(50, 5, List.of(), List.of());
    var haggle = Haggle.of(Profile.of(Family.CARRION_KIN), stance, Demand.NORMAL_DEMAND, flesh);
    assertThat(haggle.leverage()).isZero();
    assertThat(haggle.price()).isEqualTo(2_000);
  }

  @ParameterizedTest
  @CsvSource({"WHISPERS, 5", "AWARENESS, 5", "FAMILIARITY, 6", "EXPERTISE, 7", "MASTERY, 8"})
  void persuadesWhomOneKnows(BookTier tier, int charisma) {
    assertThat(Haggle.charisma(tier)).isEqualTo(charisma);
  }

  @Test
  void wantsGoodsMoreOnSomeDaysAndCriticallyAtFullMoon() {
    var days =
        IntStream.range(0, 2_000)
            .mapToObj(day -> Demands.of("veridian", Family.VAMPIRIC_HOUSES, day, MoonPhase.FULL))
            .toList();
    assertThat(days.stream().filter(demand -> demand == Demand.LOW_DEMAND).count())
        .isBetween(340L, 460L);
    assertThat(days.stream().filter(demand -> demand == Demand.CRITICAL_DEMAND).count())
        .isBetween(70L, 130L);
    assertThat(Demands.of("veridian", Family.MOON_CLANS, 3, MoonPhase.FULL))
        .isEqualTo(Demand.CRITICAL_DEMAND);
  }

  @Property(tries = 200)
  void neverPaysLessWhenTheyLikeThePlayerMore(
      @ForAll @IntRange(min = 0, max = 100) int one,
      @ForAll @IntRange(min = 0, max = 100) int other) {
    var less =
        haggle(Family.CHATTER_SWARM, Math.min(one, other), 5, Demand.NORMAL_DEMAND, Grade.GOOD);
    var more =
        haggle(Family.CHATTER_SWARM, Math.max(one, other), 5, Demand.NORMAL_DEMAND, Grade.GOOD);
    assertThat(more.quantity()).isGreaterThanOrEqualTo(less.quantity());
  }

  @Test
  void saysSomethingWhateverComesOfIt() {
    var lines = new ArrayList<String>();
    for (Profile family : Profile.all()) {
      for (int regard = 0; regard <= 100; regard += 10) {
        var goods = List.of(new Goods(family.buys().getFirst(), Grade.GOOD, 1, List.of()));
        var stance = new Haggle.Stance(regard, 5, List.of(), List.of());
        lines.addAll(Dialogue.of(family, Haggle.of(family, stance, Demand.NORMAL_DEMAND, goods)));
      }
      assertThat(Dialogue.insight(family)).contains("listen to");
    }
    assertThat(lines).noneMatch(String::isBlank);
  }
}
