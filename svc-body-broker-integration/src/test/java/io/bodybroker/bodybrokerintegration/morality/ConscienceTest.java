package io.bodybroker.bodybrokerintegration.morality;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConscienceTest {
  private static Conscience of(long deserving, long neutral, long innocent) {
    return new Conscience(deserving, neutral, innocent, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, MIXED, 0",
    "7, 3, 0, SURGEON, -0.7",
    "69, 31, 0, MIXED, -0.69",
    "7, 0, 3, BUTCHER, -0.4",
    "71, 0, 29, SURGEON, -0.42",
    "0, 7, 3, BUTCHER, 0.3",
    "0, 71, 29, MIXED, 0.29",
    "0, 0, 1, BUTCHER, 1",
    "1, 0, 0, SURGEON, -1"
  })
  void followsFromShares(
      long deserving, long neutral, long innocent, MoralPath path, double score) {
    assertThat(of(deserving, neutral, innocent).path()).isEqualTo(path);
    assertThat(of(deserving, neutral, innocent).score()).isEqualTo(score);
  }

  @Test
  void earnsASurgeonRespectAndTheFaeALaugh() {
    var surgeon = of(9, 0, 0).after(TargetMorality.DESERVING);
    assertThat(surgeon.vigilanteRespect()).isEqualTo(2);
    assertThat(surgeon.after(TargetMorality.INNOCENT).faeAmusement()).isEqualTo(10);
    assertThat(surgeon.supplyPenalty()).isEqualTo(0.1);
    assertThat(of(80, 0, 0).supplyPenalty()).isEqualTo(0.5);
    assertThat(surgeon.efficiency()).isZero();
  }

  @Test
  void earnsAButcherHeat() {
    var butcher = of(0, 0, 9).after(TargetMorality.INNOCENT);
    assertThat(butcher.heat()).isEqualTo(5);
    assertThat(butcher.efficiency()).isEqualTo(60);
    assertThat(butcher.notoriety()).isEqualTo(20);
    assertThat(of(0, 0, 80).efficiency()).isEqualTo(100);
    assertThat(of(0, 0, 80).notoriety()).isEqualTo(100);
    assertThat(butcher.supplyPenalty()).isZero();
  }

  @Property(tries = 100)
  void countsEveryKillAndForgetsNone(@ForAll("kills") List<TargetMorality> kills) {
    var conscience = Conscience.CLEAR;
    for (TargetMorality kill : kills) {
      var after = conscience.after(kill);
      assertThat(after.kills()).isEqualTo(conscience.kills() + 1);
      assertThat(after.vigilanteRespect()).isBetween(conscience.vigilanteRespect(), 100);
      assertThat(after.heat()).isGreaterThanOrEqualTo(conscience.heat());
      conscience = after;
    }
    assertThat(conscience.kills()).isEqualTo(kills.size());
    assertThat(conscience.score()).isBetween(-1.0, 1.0);
  }

  @Provide
  Arbitrary<List<TargetMorality>> kills() {
    return Arbitraries.of(TargetMorality.DESERVING, TargetMorality.NEUTRAL, TargetMorality.INNOCENT)
        .list()
        .ofMaxSize(150);
  }
}
