package io.bodybroker.npcbehavior.mind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.npcbehavior.mind.Mind.Encounter;
import io.bodybroker.npcbehavior.state.v1.StoredNpc.EventCase;
import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.Directive;
import io.bodybroker.npcbehavior.v1.Goal;
import io.bodybroker.npcbehavior.v1.GoalKind;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.Memory;
import io.bodybroker.npcbehavior.v1.Personality;
import io.bodybroker.npcbehavior.v1.Preset;
import io.bodybroker.npcbehavior.v1.Sentiments;
import io.bodybroker.npcbehavior.v1.Situation;
import io.bodybroker.npcbehavior.v1.Traits;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MindTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Mind NEW = Mind.of("npc", Optional.empty());

  private static Mind like(Traits.Builder traits) {
    return NEW.described(
        Personality.newBuilder()
            .setTraits(Personalities.traits(Preset.PRESET_UNSPECIFIED, traits.build()))
            .build());
  }

  private static Goal goal(GoalKind kind, double priority) {
    return Goal.newBuilder().setKind(kind).setPriority(priority).build();
  }

  private static Mind planned(Mind mind, Instant now) {
    return mind.deciding(Planner.plan(mind, Situation.getDefaultInstance(), 1, now), now);
  }

  @ParameterizedTest
  @CsvSource({
    // openness conscientiousness extraversion agreeableness neuroticism social curiosity aggression
    "MERCHANT, .5, .7, .7, .8, .5, .5, .5, .3", "GUARD, .5, .8, .5, .5, .4, .5, .5, .6",
    "CIVILIAN, .5, .5, .5, .6, .5, .6, .5, .2", "CRIMINAL, .5, .5, .5, .3, .6, .5, .5, .7"
  })
  void knowsWhatKindsOfCharactersAreLike(
      Preset preset,
      double openness,
      double conscientiousness,
      double extraversion,
      double agreeableness,
      double neuroticism,
      double social,
      double curiosity,
      double aggression) {
    assertThat(Personalities.traits(preset))
        .isEqualTo(
            Traits.newBuilder()
                .setOpenness(openness)
                .setConscientiousness(conscientiousness)
                .setExtraversion(extraversion)
                .setAgreeableness(agreeableness)
                .setNeuroticism(neuroticism)
                .setSocial(social)
                .setCuriosity(curiosity)
                .setAggression(aggression)
                .build());
  }

  @Test
  void bringsTraitsBetweenNoneAndAll() {
    var traits =
        Personalities.traits(
            Preset.GUARD, Traits.newBuilder().setAggression(7).setSocial(-1).build());
    assertThat(traits.getAggression()).isEqualTo(1);
    assertThat(traits.getSocial()).isZero();
    assertThat(traits.getConscientiousness()).isEqualTo(0.8);
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                Personalities.traits(
                    Preset.GUARD, Traits.newBuilder().setOpenness(Double.NaN).build()));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.message()).isEqualTo("traits.openness: NaN (expected: a number)");
  }

  @Test
  void wantsWhatItsTraitsWantAndAtLeastToSurvive() {
    assertThat(like(Traits.newBuilder()).goals())
        .extracting(Goal::getKind)
        .containsExactly(GoalKind.SURVIVE);
    var goals =
        like(Traits.newBuilder()
                .setAggression(0.7)
                .setSocial(0.61)
                .setCuriosity(0.9)
                .setConscientiousness(0.6))
            .goals();
    assertThat(goals)
        .extracting(Goal::getKind)
        .containsExactly(GoalKind.EXPLORE, GoalKind.COMBAT, GoalKind.SOCIALIZE);
    assertThat(goals).allMatch(Goal::getInnate);
  }

  @Test
  void letsGivenGoalsFadeWithEachPlan() {
    var mind = like(Traits.newBuilder()).wanting(goal(GoalKind.HELP, 0.4));
    for (double left : new double[] {0.3, 0.2}) {
      mind = planned(mind, NOW);
      assertThat(mind.goals().getLast().getPriority()).isEqualTo(left);
    }
    assertThat(planned(mind, NOW).goals())
        .extracting(Goal::getKind)
        .containsExactly(GoalKind.SURVIVE);
  }

  @Test
  void keepsTheTenMostWantedGoals() {
    var mind = like(Traits.newBuilder());
    for (int i = 0; i < 15; i++) {
      mind =
          mind.wanting(
              goal(GoalKind.HELP, 0.2 + i * 0.05).toBuilder().setTargetId("t" + i).build());
    }
    assertThat(mind.goals()).hasSize(10);
    assertThat(mind.goals().getFirst().getTargetId()).isEqualTo("t14");
    assertThat(mind.wanting(goal(GoalKind.HELP, 1).toBuilder().setTargetId("t14").build()).goals())
        .filteredOn(goal -> goal.getTargetId().equals("t14"))
        .hasSize(1);
  }

  @Test
  void keepsTheTenMostUrgentDirectivesWhileTheyLast() {
    var mind = NEW;
    for (int i = 0; i < 12; i++) {
      mind = mind.told(ActionType.WAIT, "", i / 20.0, Duration.ofSeconds(10 + i), NOW);
    }
    assertThat(mind.directives(NOW))
        .extracting(Directive::getDirectiveId)
        .containsExactly("d12", "d11", "d10", "d9", "d8", "d7", "d6", "d5", "d4", "d3");
    assertThat(mind.directives(NOW.plusSeconds(20))).hasSize(1);
    assertThat(planned(mind, NOW.plusSeconds(20)).stored().getDirectivesCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "TALK, 0.1", "TRADE, 0.08", "INFORMATION, 0.06", "HELPED, 0.18", "GIFT, 0.12",
    "INSULT, -0.105", "THREAT, -0.12", "FIGHT, -0.145", "BETRAYAL, -0.21", "WITNESSED_KILL, -0.155"
  })
  void feelsOtherwiseAfterWhatHappens(InteractionKind kind, double score) {
    var after = NEW.after(Encounter.usual("ada", kind, "", NOW));
    assertThat(after.relationship("ada").getScore()).isCloseTo(score, within(1e-9));
    assertThat(after.stored().getEventCase()).isEqualTo(EventCase.RECORDED);
    assertThat(after.stored().getRecorded().getNewScore()).isCloseTo(score, within(1e-9));
  }

  @Test
  void sumsFeelingsAsTheRulesSay() {
    var felt =
        Sentiments.newBuilder()
            .setTrust(1)
            .setRespect(0.5)
            .setAffection(0.2)
            .setFear(0.1)
            .setDisgust(0.3)
            .setAnger(0.4)
            .build();
    assertThat(Feelings.score(felt)).isCloseTo(0.3 + 0.1 + 0.06 - 0.02 - 0.09 - 0.12, within(1e-9));
  }

  @Test
  void remembersWhatIsOfImportance() {
    var mind =
        NEW.after(new Encounter("ada", InteractionKind.TALK, 0.3, "hello", NOW))
            .after(new Encounter("ada", InteractionKind.TALK, 0.31, "a secret", NOW));
    assertThat(mind.npc(NOW).getMemoriesList())
        .extracting(Memory::getDescription)
        .containsExactly("a secret");
    for (int i = 0; i < Mind.MAX_MEMORIES; i++) {
      mind = mind.after(Encounter.usual("ada", InteractionKind.FIGHT, "fight " + i, NOW));
    }
    assertThat(mind.npc(NOW).getMemoriesList())
        .hasSize(Mind.MAX_MEMORIES)
        .extracting(Memory::getDescription)
        .doesNotContain("a secret")
        .endsWith("fight 49");
  }

  @Test
  void forgetsWhomItHasHadNothingToDoWithForLongest() {
    var mind = NEW;
    for (int i = 0; i < Mind.MAX_RELATIONSHIPS; i++) {
      mind = mind.after(Encounter.usual("p" + i, InteractionKind.TALK, "", NOW.plusSeconds(i)));
    }
    mind = mind.after(Encounter.usual("p0", InteractionKind.TALK, "", NOW.plusSeconds(900)));
    mind = mind.after(Encounter.usual("new", InteractionKind.TALK, "", NOW.plusSeconds(901)));
    assertThat(mind.relationships()).hasSize(Mind.MAX_RELATIONSHIPS);
    assertThat(mind.relationship("p1").getInteractions()).isZero();
    assertThat(mind.relationship("p0").getInteractions()).isEqualTo(2);
  }

  @Test
  void countsWhatHappensAndNothingElse() {
    var described = like(Traits.newBuilder());
    assertThat(described.version()).isEqualTo(1);
    assertThat(described.described(described.personality())).isSameAs(described);
    assertThat(planned(described, NOW).version()).isEqualTo(2);
    assertThat(planned(described, NOW).stored().getPlanned().getNpcVersion()).isEqualTo(1);
    assertThat(planned(described, NOW).stored().getPlanned().getActionsList())
        .allMatch(action -> action.getTermsCount() == 0);
  }

  @Property(tries = 200)
  void keepsFeelingsWithinTheirBounds(
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 10) Integer> kinds) {
    var mind = NEW;
    for (int kind : kinds) {
      mind = mind.after(Encounter.usual("ada", InteractionKind.forNumber(kind), "", NOW));
      var relationship = mind.relationship("ada");
      var felt = relationship.getSentiments();
      assertThat(
              List.of(
                  felt.getTrust(),
                  felt.getRespect(),
                  felt.getAffection(),
                  felt.getFear(),
                  felt.getDisgust(),
                  felt.getAnger()))
          .allMatch(feeling -> feeling >= 0 && feeling <= 1);
      assertThat(relationship.getScore()).isBetween(-1.0, 1.0);
    }
    assertThat(mind.relationship("ada").getInteractions()).isEqualTo(kinds.size());
  }
}
