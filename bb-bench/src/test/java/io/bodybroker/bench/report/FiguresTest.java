package io.bodybroker.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void haveThreeDigitsThatCount() {
    assertThat(
            List.of(
                0.0,
                0.00012,
                0.01234,
                0.1234,
                0.99999,
                1.234,
                9.999,
                12.34,
                99.96,
                123.4,
                1_234_567.8))
        .extracting(Figures::of)
        .containsExactly(
            "0",
            "1.2e-04",
            "0.0123",
            "0.123",
            "1.00",
            "1.23",
            "10.0",
            "12.3",
            "100",
            "123",
            "1,234,568");
  }

  @Test
  void areShortOnAxes() {
    assertThat(List.of(0.0, 0.01, 0.5, 20.0, 5_000.0, 50_000.0, 1e6, 2.5e6))
        .extracting(Figures::tick)
        .containsExactly("0", "0.01", "0.5", "20", "5000", "50k", "1M", "2.5M");
  }

  @Test
  void ofAScaleCoverAllValuesWithFewTicks() {
    for (double most : new double[] {0.003, 1, 7, 99, 101, 250_000}) {
      var scale = Scale.linear(most, 0, 100);
      assertThat(scale.at(most)).as("%s", most).isBetween(60.0, 100.0);
      assertThat(scale.ticks()).as("%s", most).hasSizeBetween(3, 7);
    }
    var log = Scale.log(0.01, 1e6, 0, 100);
    assertThat(log.at(0.01)).isZero();
    assertThat(log.at(1e6)).isEqualTo(100);
    assertThat(log.at(100)).isBetween(49.9, 50.1);
    assertThat(log.ticks()).hasSizeBetween(4, 9);
  }
}
