package io.bodybroker.bodybrokerintegration.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Trait;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnatomyTest {
  @ParameterizedTest
  @CsvSource({
    "BRAIN, 1, 80000",
    "SPINAL_CORD, 1, 60000",
    "HEART, 1, 50000",
    "LIVER, 1, 45000",
    "KIDNEY, 2, 20000",
    "LUNG, 2, 15000",
    "EYE, 2, 10000",
    "BONE, 1, 5000",
    "BLOOD, 1, 2500",
    "SKIN, 1, 200",
    "TONGUE, 1, 8000",
    "VOCAL_CORDS, 1, 12000",
    "NERVOUS_SYSTEM, 1, 55000",
    "FLESH, 1, 2000",
    "CONCEPT, 1, 150000",
    "SOUL, 1, 250000"
  })
  void saysHowOftenABodyHasAPartAndWhatItIsWorth(PartType type, int pieces, double value) {
    assertThat(Anatomy.of(type).pieces()).isEqualTo(pieces);
    assertThat(Anatomy.of(type).baseValue()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "SOUL, LIVE_EXTRACTION, true",
    "SOUL, BLADE_KILL, false",
    "CONCEPT, POISON_KILL, false",
    "HEART, BLADE_KILL, true"
  })
  void losesSoulAndConceptsWithLife(PartType type, KillMethod method, boolean survives) {
    assertThat(Anatomy.of(type).survives(method)).isEqualTo(survives);
  }

  @Test
  void makesOneInTwentyRareAndAlwaysTheSame() {
    long geniuses =
        IntStream.range(0, 4_000)
            .filter(i -> Traits.of("veridian", "t" + i).contains(Trait.GENIUS))
            .count();
    assertThat(geniuses).isBetween(150L, 250L);
    assertThat(Traits.of("veridian", "t7")).isEqualTo(Traits.of("veridian", "t7"));
  }

  @Test
  void showsGeniusInTheBrainAndVintageInTheBlood() {
    var both = List.of(Trait.GENIUS, Trait.RARE_VINTAGE);
    assertThat(Traits.shownBy(PartType.BRAIN, both)).containsExactly(Trait.GENIUS);
    assertThat(Traits.shownBy(PartType.BLOOD, both)).containsExactly(Trait.RARE_VINTAGE);
    assertThat(Traits.shownBy(PartType.HEART, both)).isEmpty();
  }
}
