package io.bodybroker.bodybrokerintegration.death;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebtTest {
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 1, 0.1", "2, 2, 0.25", "3, 3, 0.4", "7, 3, 0.4"})
  void growsWithEachDeathUpToThree(int deaths, int fray, double penalty) {
    var debt = Debt.NONE;
    for (int i = 0; i < deaths; i++) {
      debt = debt.died().respawned();
    }
    assertThat(debt.veilFray()).isEqualTo(fray);
    assertThat(debt.penalty()).isEqualTo(penalty);
    assertThat(debt.corpseWaits()).isEqualTo(deaths > 0);
  }

  @Test
  void isDiedOnceAndCleared() {
    var dead = Debt.NONE.died();
    assertThat(dead.died()).isEqualTo(dead);
    assertThat(dead.isEcho()).isTrue();
    assertThat(dead.respawned().cleared()).isEqualTo(Debt.NONE);
  }
}
