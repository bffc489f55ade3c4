package io.bodybroker.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {
  @Test
  void meetsItsGoalToTwoDigits() {
    assertThat(Ratio.atLeast("x", 0.995, 1).isMet()).isTrue();
    assertThat(Ratio.atLeast("x", 0.994, 1).isMet()).isFalse();
    assertThat(Ratio.atMost("x", 1.104, 1.1).isMet()).isTrue();
    assertThat(Ratio.atMost("x", 1.106, 1.1).isMet()).isFalse();
    assertThat(Ratio.of("x", 0.1).isMet()).isTrue();
  }

  @Test
  void meetsNoGoalWithoutANumber() {
    assertThat(Ratio.atLeast("x", Double.NaN, 1).isMet()).isFalse();
    assertThat(Ratio.atMost("x", Double.NaN, 1).isMet()).isFalse();
  }

  @Test
  void isTheMedianOfTheRoundsOwnRatios() {
    // While the machine was slow both were; the ratio of the medians would be 2.
    var ours = new Stat(List.of(100.0, 20.0, 60.0));
    var theirs = new Stat(List.of(100.0, 20.0, 30.0));
    assertThat(ours.ratioTo(theirs)).isEqualTo(1);
  }

  @Test
  void tellsMedianLeastAndMost() {
    var stat = new Stat(List.of(3.0, 1.0, 2.0, 10.0));
    assertThat(stat.median()).isEqualTo(2.5);
    assertThat(stat.min()).isEqualTo(1);
    assertThat(stat.max()).isEqualTo(10);
    assertThatIllegalArgumentException().isThrownBy(() -> new Stat(List.of()));
  }
}
