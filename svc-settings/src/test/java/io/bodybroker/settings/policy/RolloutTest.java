package io.bodybroker.settings.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.settings.v1.EvaluationReason;
import io.bodybroker.settings.v1.Flag;
import io.bodybroker.settings.v1.Tier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {
  private static Flag flag(boolean enabled, int percent, Tier... tiers) {
    var flag = Flag.newBuilder().setFlagId("night-market").setEnabled(enabled);
    for (Tier tier : tiers) {
      flag.addTiers(tier);
    }
    return flag.setRolloutPercent(percent).build();
  }

  @Test
  void saysWhyAFlagIsOnOrOff() {
    assertThat(Rollout.evaluate(flag(false, 100), "ada", Tier.FREE).getReason())
        .isEqualTo(EvaluationReason.DISABLED);
    assertThat(Rollout.evaluate(flag(true, 100, Tier.WHALE), "ada", Tier.FREE).getReason())
        .isEqualTo(EvaluationReason.OTHER_TIER);
    assertThat(Rollout.evaluate(flag(true, 0), "ada", Tier.FREE).getReason())
        .isEqualTo(EvaluationReason.NOT_REACHED);
    var on = Rollout.evaluate(flag(true, 100, Tier.WHALE), "ada", Tier.WHALE);
    assertThat(on.getReason()).isEqualTo(EvaluationReason.ROLLED_OUT);
    assertThat(on.getOn()).isTrue();
    assertThat(Rollout.unknown("none").getOn()).isFalse();
  }

  /** Pinned: another release must not take features from those who have them. */
  @ParameterizedTest
  @CsvSource({"night-market, ada, 88", "night-market, grace, 88", "new-ui, ada, 26"})
  void putsAPlayerAtTheSamePlaceForAllTime(String flag, String player, int place) {
    assertThat(Rollout.place(flag, player)).isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource({"10", "50", "90"})
  void reachesAsManyAsItSays(int percent) {
    long on =
        IntStream.range(0, 10_000)
            .filter(i -> Rollout.evaluate(flag(true, percent), "player-" + i, Tier.FREE).getOn())
            .count();
    assertThat(on).isBetween(percent * 100L - 200, percent * 100L + 200);
  }

  @Test
  void keepsAFeatureForThoseWhoHaveItWhenTheRolloutGrows() {
    for (int i = 0; i < 500; i++) {
      boolean wasOn = false;
      for (int percent = 0; percent <= 100; percent += 5) {
        boolean isOn = Rollout.evaluate(flag(true, percent), "player-" + i, Tier.FREE).getOn();
        assertThat(isOn || !wasOn).isTrue();
        wasOn = isOn;
      }
      assertThat(wasOn).isTrue();
    }
  }
}
