package io.bodybroker.bench.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.startup.Figures.Figure;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final String CACHED = Contenders.OURS + ", AOT cache";

  private static Measured<Double> measured(String contender, String name, double... rounds) {
    var variant = new Variant(contender, name, List.of(), List.of(), "/ready");
    return new Measured<>(variant, Arrays.stream(rounds).boxed().toList());
  }

  private static List<Ratio> ratios(List<Measured<Double>> results) {
    return new Figures<>("startup", results, List.of())
        .ratios(List.of(new Figure<>("wall", Double::doubleValue, 0.6)));
  }

  @Test
  void comparesOursWithTheFlagsOfOthersAndWithOurOwn() {
    var ratios =
        ratios(
            List.of(
                measured("Body Broker 1", Contenders.OURS, 300),
                measured("Body Broker 1", CACHED, 100, 130, 110),
                measured("Quarkus 3", Contenders.PLAIN, 220),
                measured("Quarkus 3", Contenders.OURS, 200),
                measured("Quarkus 3", CACHED, 100),
                measured("Micronaut 4", Contenders.OURS, 440)));
    assertThat(ratios)
        .containsExactlyInAnyOrder(
            Ratio.atMost("startup.wall.ours-aot/quarkus", 0.5, 0.6),
            Ratio.atMost("startup.wall.ours-aot/quarkus-same-flags", 0.55, 0.6),
            Ratio.of("startup.wall.ours/quarkus-same-flags", 1.5),
            Ratio.of("startup.wall.ours-aot/quarkus-same-flags-aot", 1.1),
            Ratio.of("startup.wall.ours-aot/micronaut-same-flags", 0.25),
            Ratio.of("startup.wall.ours/micronaut-same-flags", 300.0 / 440));
  }

  @Test
  void hasNoRatioOfWhatWasNotMeasured() {
    assertThat(ratios(List.of(measured("Body Broker 1", CACHED, 100)))).isEmpty();
  }
}
