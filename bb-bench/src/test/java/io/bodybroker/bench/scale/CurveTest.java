package io.bodybroker.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bench.load.Rounds;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.report.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CurveTest {
  /** A line whose calls take so much CPU at each size, and last as long. */
  private static List<Ratio> steps(boolean isOurs, long... cpuMicros) {
    var sizes = new ArrayList<Curve.Size>();
    for (int i = 0; i < cpuMicros.length; i++) {
      long nanos = 1_000 * cpuMicros[i];
      var sample = new Sample(1, 0, nanos, new Histogram(3), nanos, 0);
      var rounds = new Rounds(Map.of("sdk", List.of(sample)));
      sizes.add(new Curve.Size(i + 1, "sdk", rounds, rounds));
    }
    var line = new Curve.Line("sdk", "sdk", sizes, isOurs);
    return new Curve("callers", "callers", List.of(line), List.of())
        .ratios().stream().filter(ratio -> ratio.name().endsWith(".step")).toList();
  }

  @Test
  void takesTheWorstStepThoughAnotherMakesUpForIt() {
    assertThat(steps(true, 100, 200, 75))
        .containsExactly(
            Ratio.atMost("scale.callers.sdk.cpu.step", 2, Curve.STEP),
            Ratio.atLeast("scale.callers.sdk.throughput.step", 0.5, 1 / Curve.STEP))
        .noneMatch(Ratio::isMet);
  }

  @Test
  void allowsManySmallSteps() {
    assertThat(steps(true, 100, 120, 140, 160)).hasSize(2).allMatch(Ratio::isMet);
  }

  @Test
  void hasGoalsForOursAlone() {
    assertThat(steps(false, 100, 200))
        .extracting(Ratio::goal)
        .containsExactly((Ratio.Goal) null, (Ratio.Goal) null);
  }
}
