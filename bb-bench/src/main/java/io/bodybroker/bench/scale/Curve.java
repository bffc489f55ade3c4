package io.bodybroker.bench.scale;

import io.bodybroker.bench.load.Rounds;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What was found while one quantity grew.
 *
 * @param id {@code services}
 * @param x the quantity, for people
 * @param lines each of which has a point for each size
 * @param rounds all that was run
 */
record Curve(String id, String x, List<Line> lines, List<Rounds> rounds) {
  /**
   * From a point to the next, cost per call shall not grow by more than a quarter. Sizes grow by
   * three to ten times from point to point, so what costs anything for each of them shows; and on a
   * busy machine the median of nine rounds' ratios is off by about a tenth.
   */
  static final double STEP = 1.25;

  /**
   * One contender's points, from the smallest to the largest.
   *
   * @param id for ratios
   * @param isOurs whether there is a goal for its steps; what others cost is beside ours to compare
   */
  record Line(String id, String name, List<Size> sizes, boolean isOurs) {}

  /**
   * A point.
   *
   * @param contender who has this size, or is called by so many
   * @param full with as much load as there can be
   * @param latency with load that leaves room, or the same
   */
  record Size(int size, String contender, Rounds full, Rounds latency) {
    Stat throughput() {
      return full.stat(contender, Sample::perSecond);
    }

    Stat p99() {
      return latency.stat(contender, sample -> sample.micros(99));
    }

    Stat cpu() {
      return full.stat(contender, Sample::cpuMicros);
    }
  }

  long errors() {
    return rounds.stream().mapToLong(Rounds::errors).sum();
  }

  List<Chart> charts() {
    return List.of(
        chart("throughput", "Calls a second", "calls/s", Best.MORE, Size::throughput),
        chart("p99", "99th percentile", "µs", Best.LESS, Size::p99),
        chart("cpu", "Processor time of a call", "µs/call", Best.LESS, Size::cpu));
  }

  private Chart chart(
      String figure, String title, String y, Best best, Function<Size, Stat> value) {
    var chart =
        new ChartBuilder(
            "scale-%s-%s".formatted(id, figure),
            "%s over %s".formatted(title, x),
            Kind.LINES,
            x,
            y,
            best);
    for (Line line : lines) {
      for (Size each : line.sizes()) {
        chart.add(line.name(), Integer.toString(each.size()), each.size(), value.apply(each));
      }
    }
    return chart.build();
  }

  List<Ratio> ratios() {
    var ratios = new ArrayList<Ratio>();
    for (Line line : lines) {
      String name = "scale.%s.%s.".formatted(id, line.id());
      Size first = line.sizes().getFirst();
      Size last = line.sizes().getLast();
      String ends = ".%d/%d".formatted(last.size(), first.size());
      ratios.add(
          Ratio.of(name + "throughput" + ends, last.throughput().ratioTo(first.throughput())));
      ratios.add(Ratio.of(name + "p99" + ends, last.p99().ratioTo(first.p99())));
      ratios.add(Ratio.of(name + "cpu" + ends, last.cpu().ratioTo(first.cpu())));
      double cpu = steps(line, Size::cpu).max();
      double throughput = steps(line, Size::throughput).min();
      ratios.add(
          line.isOurs()
              ? Ratio.atMost(name + "cpu.step", cpu, STEP)
              : Ratio.of(name + "cpu.step", cpu));
      ratios.add(
          line.isOurs()
              ? Ratio.atLeast(name + "throughput.step", throughput, 1 / STEP)
              : Ratio.of(name + "throughput.step", throughput));
    }
    return ratios;
  }

  /** Each point's value in that of the one before: the median of the rounds' own ratios. */
  private static Stat steps(Line line, Function<Size, Stat> value) {
    var steps = new ArrayList<Double>();
    for (int i = 1; i < line.sizes().size(); i++) {
      Stat before = value.apply(line.sizes().get(i - 1));
      steps.add(value.apply(line.sizes().get(i)).ratioTo(before));
    }
    return new Stat(steps);
  }
}
