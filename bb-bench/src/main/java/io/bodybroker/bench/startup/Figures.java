package io.bodybroker.bench.startup;

import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ours against others', in what the goals are about: ours with an AOT cache against another's JVM
 * mode as it ships; and, to be fair, both with the same flags, without caches and with them.
 *
 * @param <R> what was measured of a variant
 */
record Figures<R>(String name, List<R> results, Function<R, Variant> variant) {
  private static final String CACHE = "AOT cache";

  /**
   * One quantity.
   *
   * @param atMost what the ratio to Quarkus' JVM mode shall be; null if there is no goal
   */
  record Figure<R>(String name, Function<R, Stat> stat, @Nullable Double atMost) {}

  List<Ratio> ratios(List<Figure<R>> figures) {
    var ratios = new ArrayList<Ratio>();
    for (Figure<R> figure : figures) {
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
      }
    }
    return ratios;
  }

  private void add(
      List<Ratio> ratios,
      Figure<R> figure,
      Optional<R> ours,
      Optional<R> theirs,
      String names,
      @Nullable Double atMost) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return;
    }
    double value =
        figure.stat().apply(ours.get()).median() / figure.stat().apply(theirs.get()).median();
    String full = name + "." + figure.name() + "." + names;
    ratios.add(atMost == null ? Ratio.of(full, value) : Ratio.atMost(full, value, atMost));
  }

  private Optional<R> find(String contender, String way) {
    return results.stream()
        .filter(each -> variant.apply(each).contender().startsWith(contender))
        .filter(each -> variant.apply(each).name().equals(way))
        .findFirst();
  }
}
