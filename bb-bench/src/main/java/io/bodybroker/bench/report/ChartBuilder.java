package io.bodybroker.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A chart that is filled point by point, in the order in which it is to be read. */
public final class ChartBuilder {
  private final String id;
  private final String title;
  private final Chart.Kind kind;
  private final String x;
  private final String y;
  private final Chart.Best best;
  private final Map<String, List<Chart.Point>> series = new LinkedHashMap<>();

  /**
   * @param id once in a report, of letters, digits and {@code -}
   * @param x what differs from point to point, with its unit
   * @param y what is measured, with its unit
   */
  public ChartBuilder(
      String id, String title, Chart.Kind kind, String x, String y, Chart.Best best) {
    this.id = id;
    this.title = title;
    this.kind = kind;
    this.x = x;
    this.y = y;
    this.best = best;
  }

  /** One measurement of one contender. */
  public ChartBuilder add(String name, String label, double at, Stat stat) {
    series.computeIfAbsent(name, each -> new ArrayList<>()).add(new Chart.Point(label, at, stat));
    return this;
  }

  /** The next in a row of bars. */
  public ChartBuilder add(String name, String label, Stat stat) {
    return add(name, label, series.getOrDefault(name, List.of()).size(), stat);
  }

  /** At a percentile from 0 to below 100, of a {@link Chart.Kind#PERCENTILES} chart. */
  public ChartBuilder addPercentile(String name, double percentile, Stat stat) {
    String label = Double.toString(percentile).replaceFirst("\\.0$", "");
    return add(name, label, 1 / (1 - percentile / 100), stat);
  }

  /** As far as it has been filled. */
  public Chart build() {
    return new Chart(
        id,
        title,
        kind,
        x,
        y,
        best,
        series.entrySet().stream()
            .map(each -> new Chart.Series(each.getKey(), List.copyOf(each.getValue())))
            .toList());
  }
}
