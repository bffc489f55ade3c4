package io.bodybroker.bench.load;

import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Stat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one load did to each contender, round by round.
 *
 * @param samples by contender, as many of each
 */
public record Rounds(Map<String, List<Sample>> samples) {
  private List<Sample> of(String contender) {
    List<Sample> found = samples.get(contender);
    if (found == null) {
      throw new IllegalArgumentException(
          contender + " (expected: one of " + samples.keySet() + ")");
    }
    return found;
  }

  /**
   * A figure of all contenders over what runs differ in.
   *
   * @param runs by callers, or by calls under way
   */
  public static Chart chart(
      ChartBuilder chart, Map<Integer, Rounds> runs, ToDoubleFunction<Sample> figure) {
    runs.forEach((number, rounds) ->
        rounds
            .samples()
            .keySet()
            .forEach(name ->
                chart.add(name, Integer.toString(number), number, rounds.stat(name, figure))));
    return chart.build();
  }

  /**
   * Those that have a heap which is counted, which are JVMs: of others there is no figure to draw.
   */
  public static Map<Integer, Rounds> withHeap(Map<Integer, Rounds> runs) {
    var those = new LinkedHashMap<Integer, Rounds>();
    runs.forEach((number, rounds) -> those.put(number, rounds.withHeap()));
    return those;
  }

  private Rounds withHeap() {
    var those = new LinkedHashMap<>(samples);
    those.values().removeIf(all -> all.stream().noneMatch(each -> each.allocatedBytes() > 0));
    return new Rounds(those);
  }

  /** One figure of each round. */
  public Stat stat(String contender, ToDoubleFunction<Sample> figure) {
    return new Stat(of(contender).stream().map(figure::applyAsDouble).toList());
  }

  /** The median of the rounds' own ratios. */
  public double ratio(String ours, String theirs, ToDoubleFunction<Sample> figure) {
    return stat(ours, figure).ratioTo(stat(theirs, figure));
  }

  /** Calls of all contenders that failed, in all rounds. */
  public long errors() {
    return samples.keySet().stream().mapToLong(this::errors).sum();
  }

  private long errors(String contender) {
    return of(contender).stream().mapToLong(Sample::errors).sum();
  }

  /**
   * A note on each contender of which some failed.
   *
   * @param run which it was
   * @param what calls, or what else is made of one
   */
  public List<String> failures(String run, String what) {
    return samples.keySet().stream()
        .filter(contender -> errors(contender) > 0)
        .map(contender ->
            "%s: %,d %s of %s failed.".formatted(run, errors(contender), what, contender))
        .toList();
  }

  /** The least of the contenders' medians. */
  public double leastMedian(ToDoubleFunction<Sample> figure) {
    return samples.keySet().stream()
        .mapToDouble(contender -> stat(contender, figure).median())
        .min()
        .orElse(0);
  }
}
