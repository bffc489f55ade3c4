package io.bodybroker.bench.startup;

import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was found. Ratios are of ours against others', in what the goals are about: ours with an AOT
 * cache against another's JVM mode as it ships, and against the same with our flags, so that the
 * flags alone meet no goal; and, to be fair, both with the same flags, without caches and with
 * them.
 *
 * @param benchmark its name
 * @param notes what else there is to say: what could not be measured, and why
 */
record Figures<T>(String benchmark, List<Measured<T>> results, List<String> notes) {
  private static final String CACHE = "AOT cache";

  /**
   * One quantity.
   *
   * @param atMost what the ratio to Quarkus' JVM mode shall be; null if there is no goal
   */
  record Figure<T>(String name, ToDoubleFunction<T> value, @Nullable Double atMost) {}

  /** A bar for each variant. */
  Chart chart(String id, String title, String unit, ToDoubleFunction<T> value) {
    var chart =
        new ChartBuilder(benchmark + "-" + id, title, Kind.BARS, "how it runs", unit, Best.LESS);
    for (Measured<T> result : results) {
      chart.add(result.variant().contender(), result.variant().name(), result.stat(value));
    }
    return chart.build();
  }

  List<Ratio> ratios(List<Figure<T>> figures) {
    var ratios = new ArrayList<Ratio>();
    for (Figure<T> figure : figures) {
      for (String other : List.of("Quarkus", "Micronaut")) {
        Double goal = other.equals("Quarkus") ? figure.atMost() : null;
        String their = other.toLowerCase(Locale.ROOT);
        add(
            ratios,
            figure,
            find(Contenders.OURS_NAME, Contenders.OURS + ", " + CACHE),
            find(other, Contenders.PLAIN),
            "ours-aot/" + their,
            goal);
        add(
            ratios,
            figure,
            find(Contenders.OURS_NAME, Contenders.OURS),
            find(other, Contenders.OURS),
            "ours/" + their + "-same-flags",
            null);
        add(
            ratios,
            figure,
            find(Contenders.OURS_NAME, Contenders.OURS + ", " + CACHE),
            find(other, Contenders.OURS + ", " + CACHE),
            "ours-aot/" + their + "-same-flags-aot",
            null);
        add(
            ratios,
            figure,
            find(Contenders.OURS_NAME, Contenders.OURS + ", " + CACHE),
            find(other, Contenders.OURS),
            "ours-aot/" + their + "-same-flags",
            goal);
      }
    }
    return ratios;
  }

  private void add(
      List<Ratio> ratios,
      Figure<T> figure,
      Optional<Measured<T>> ours,
      Optional<Measured<T>> theirs,
      String names,
      @Nullable Double atMost) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return;
    }
    double value =
        ours.get().stat(figure.value()).median() / theirs.get().stat(figure.value()).median();
    String full = benchmark + "." + figure.name() + "." + names;
    ratios.add(atMost == null ? Ratio.of(full, value) : Ratio.atMost(full, value, atMost));
  }

  private Optional<Measured<T>> find(String contender, String way) {
    return results.stream()
        .filter(each -> each.variant().contender().startsWith(contender))
        .filter(each -> each.variant().name().equals(way))
        .findFirst();
  }
}
