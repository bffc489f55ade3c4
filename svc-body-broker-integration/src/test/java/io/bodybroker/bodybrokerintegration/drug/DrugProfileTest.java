package io.bodybroker.bodybrokerintegration.drug;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.Drug;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrugProfileTest {
  @ParameterizedTest
  @CsvSource({
    "GRAVE_DUST, 50, strength, 1.5, 30, paranoia, 1.0, 60",
    "HIVE_NECTAR, 200, telepathy, 1, 60, sensory_overload, 0.8, 60",
    "STILL_BLOOD, 1000, regeneration, 2, 120, necrosis, 0.5, 240",
    "MOON_WINE, 1500, speed, 2, 45, fury, 1.5, 45",
    "VITAE, 5000, charm, 1.8, 180, light_sensitivity, 0.7, 240",
    "LOGIC_SPORE, 10000, datastreams, 2, 120, dissociation, 1.2, 180",
    "ENCHANTMENT, 50000, reality_bend, 1, 0, ironic_twist, 1, 0",
    "AETHER, 100000, spellcasting, 1, 0, world_rejection, 1, 0"
  })
  void knowsEachDrug(
      Drug drug,
      long value,
      String effect,
      double magnitude,
      int minutes,
      String side,
      double sideMagnitude,
      int sideMinutes) {
    var profile = DrugProfile.of(drug);
    assertThat(profile.streetValue()).isEqualTo(value);
    assertThat(profile.effects().getFirst())
        .isEqualTo(new DrugProfile.Effect(effect, magnitude, minutes));
    assertThat(profile.sideEffect())
        .isEqualTo(new DrugProfile.Effect(side, sideMagnitude, sideMinutes));
  }

  @Test
  void weakensEffectsWithQualityButNoSideEffects() {
    var vitae = DrugProfile.of(Drug.VITAE);
    assertThat(vitae.effects(0.5))
        .extracting(DrugProfile.Effect::magnitude)
        .containsExactly(0.9, 0.8);
    assertThat(vitae.sideEffect().magnitude()).isEqualTo(0.7);
    assertThat(vitae.value(0.5)).isEqualTo(2_500);
  }

  @ParameterizedTest
  @CsvSource({
    "GRAVE_DUST, MOON_WINE, true, false, extreme_aggression, 1.5",
    "MOON_WINE, GRAVE_DUST, true, false, extreme_aggression, 1.5",
    "VITAE, LOGIC_SPORE, true, false, cognitive_overload, 1.3",
    "LOGIC_SPORE, VITAE, true, false, cognitive_overload, 1.3",
    "STILL_BLOOD, AETHER, false, true, '', 0",
    "AETHER, STILL_BLOOD, false, true, '', 0",
    "GRAVE_DUST, VITAE, false, false, '', 0",
    "VITAE, VITAE, false, false, '', 0"
  })
  void mixesTheSameWhicheverIsTakenFirst(
      Drug first, Drug second, boolean reacts, boolean lethal, String effect, double multiplier) {
    var mixture = Mixture.of(first, second);
    assertThat(mixture.reacts()).isEqualTo(reacts);
    assertThat(mixture.lethal()).isEqualTo(lethal);
    assertThat(mixture.effect()).isEqualTo(effect);
    assertThat(mixture.multiplier()).isEqualTo(multiplier);
  }

  @Test
  void isAsGoodAsTheMeanAndAsMuchAsTheLesser() {
    var mixture = Mixture.of(Drug.GRAVE_DUST, Drug.MOON_WINE);
    assertThat(mixture.quality(0.4, 0.6)).isEqualTo(0.75);
    assertThat(mixture.quality(1, 1)).isEqualTo(1);
    assertThat(mixture.quantity(3, 8)).isEqualTo(3);
    assertThat(Mixture.of(Drug.VITAE, Drug.AETHER).quantity(3, 8)).isZero();
  }
}
