package io.bodybroker.bench.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.bench.load.Load.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContendersTest {
  private static final Load LOAD = new Load(Style.ASYNC, 256, 16, 100);

  @Test
  void refusesEqualLoadsWhoseResultsNobodyCouldTellApart() throws Exception {
    try (var nobody = new Contenders()) {
      var loads = List.of(LOAD, new Load(Style.ASYNC, 256, 16, 100));
      assertThatThrownBy(() -> nobody.run(loads, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: all different");
    }
  }
}
