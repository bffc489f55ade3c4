package io.bodybroker.bench.rpc;

import io.bodybroker.bench.load.Load.Style;
import io.bodybroker.bench.load.Rounds;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the benchmark of calls has found so far, as charts and ratios. */
final class RpcFindings {
  private static final double[] PERCENTILES = {0, 50, 75, 90, 95, 99, 99.9};

  /** With so many under way batches pay, and the SDK shall be faster than what it is built on. */
  private static final int MANY = 1_024;

  private static final double AS_FAST = 1.0;
  private static final double FASTER = 1.2;
  private static final double LATENCY = 1.1;
  private static final double COST = 1.3;

  private final List<Chart> rates = new ArrayList<>();
  private final List<Chart> latencies = new ArrayList<>();
  private final List<Chart> costs = new ArrayList<>();
  private final List<Ratio> ratios = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  static String size(int bytes) {
    return bytes < 1_024 ? bytes + " B" : bytes / 1_024 + " KB";
  }

  private static String word(Style style) {
    return style.name().toLowerCase(Locale.ROOT);
  }

  /** Runs of so many callers or calls under way. */
  void closed(Style style, int bytes, Map<Integer, Rounds> cells) {
    String under = style == Style.BLOCKING ? "callers" : "calls under way";
    String of = "-" + word(style) + "-" + bytes;
    String what = "%s, %s".formatted(size(bytes), word(style));
    rates.add(
        Rounds.chart(
            new ChartBuilder(
                "rpc-throughput" + of,
                "Calls a second: " + what,
                Kind.LINES,
                under,
                "calls/s",
                Best.MORE),
            cells,
            Sample::perSecond));
    costs.add(
        Rounds.chart(
            new ChartBuilder(
                "rpc-cpu" + of,
                "Processor time of a call: " + what,
                Kind.BARS,
                under,
                "µs/call",
                Best.LESS),
            cells,
            Sample::cpuMicros));
    costs.add(
        Rounds.chart(
            new ChartBuilder(
                "rpc-bytes" + of,
                "Heap that a call takes: " + what,
                Kind.BARS,
                under,
                "B/call",
                Best.LESS),
            Rounds.withHeap(cells),
            Sample::bytesPerCall));
    cells.forEach((window, rounds) -> ratios(style, bytes, window, rounds));
  }

  private void ratios(Style style, int bytes, int window, Rounds rounds) {
    String cell = "%d.w%d.%s".formatted(bytes, window, word(style));
    double goal = window >= MANY ? FASTER : AS_FAST;
    ratios.add(Ratio.atLeast(name("throughput", cell), ratio(rounds, Sample::perSecond), goal));
    if (window == 1 && style == Style.BLOCKING) {
      ratios.add(
          Ratio.atMost(name("p50", cell), ratio(rounds, sample -> sample.micros(50)), LATENCY));
      ratios.add(
          Ratio.atMost(name("p99", cell), ratio(rounds, sample -> sample.micros(99)), LATENCY));
      alone(bytes, rounds);
    }
    ratios.add(Ratio.atMost(name("cpu", cell), ratio(rounds, Sample::cpuMicros), COST));
    ratios.add(Ratio.atMost(name("bytes", cell), ratio(rounds, Sample::bytesPerCall), COST));
    // Raw jnats sends bytes that it has already; by hand it makes them of a message, as we do.
    withoutGoal(cell, rounds, RpcBench.OURS, RpcBench.BY_HAND);
    // What else a user's request says costs what it costs: raw jnats does not say it.
    withoutGoal(cell, rounds, RpcBench.IN_REQUEST, RpcBench.THEIRS);
    notes.addAll(rounds.failures(cell, "calls"));
  }

  private void withoutGoal(String cell, Rounds rounds, String contender, String beside) {
    Map<String, ToDoubleFunction<Sample>> figures = new LinkedHashMap<>();
    figures.put("throughput", Sample::perSecond);
    figures.put("cpu", Sample::cpuMicros);
    figures.put("bytes", Sample::bytesPerCall);
    figures.forEach((figure, value) ->
        ratios.add(
            Ratio.of(
                "rpc.%s.%s.%s/%s".formatted(figure, cell, contender, beside),
                rounds.ratio(contender, beside, value))));
  }

  private static String name(String figure, String cell) {
    return "rpc.%s.%s.%s/%s".formatted(figure, cell, RpcBench.OURS, RpcBench.THEIRS);
  }

  private static double ratio(Rounds rounds, ToDoubleFunction<Sample> figure) {
    return rounds.ratio(RpcBench.OURS, RpcBench.THEIRS, figure);
  }

  /** How long one caller waits who is alone. */
  private void alone(int bytes, Rounds rounds) {
    var chart =
        new ChartBuilder(
            "rpc-latency-" + bytes,
            "Latency with one caller: " + size(bytes),
            Kind.BARS,
            "percentile",
            "µs",
            Best.LESS);
    for (double percentile : new double[] {50, 99}) {
      for (String name : rounds.samples().keySet()) {
        chart.add(
            name, "p" + (int) percentile, rounds.stat(name, sample -> sample.micros(percentile)));
      }
    }
    latencies.add(chart.build());
  }

  /** Runs at a fixed rate. */
  void open(int bytes, int perSecond, Rounds rounds) {
    var chart =
        new ChartBuilder(
            "rpc-percentiles-" + bytes,
            "Latency at %,d calls/s: %s".formatted(perSecond, size(bytes)),
            Kind.PERCENTILES,
            "percentile",
            "µs",
            Best.LESS);
    for (String name : rounds.samples().keySet()) {
      for (double percentile : PERCENTILES) {
        chart.addPercentile(
            name, percentile, rounds.stat(name, sample -> sample.micros(percentile)));
      }
    }
    latencies.add(chart.build());
    String cell = "open." + bytes;
    ratios.add(
        Ratio.atMost(name("p50", cell), ratio(rounds, sample -> sample.micros(50)), LATENCY));
    ratios.add(
        Ratio.atMost(name("p99", cell), ratio(rounds, sample -> sample.micros(99)), LATENCY));
    notes.addAll(rounds.failures("%d at %d calls/s".formatted(bytes, perSecond), "calls"));
  }

  /** What else is to be said. */
  void note(String what) {
    notes.add(what);
  }

  Section section(String name, String text) {
    var charts = new ArrayList<>(rates);
    charts.addAll(latencies);
    charts.addAll(costs);
    return new Section(name, "One call there and back", text, charts, ratios, notes);
  }
}
