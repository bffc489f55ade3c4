package io.bodybroker.bench.micro;

import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.report.Stat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What JMH has found, as charts and ratios. */
final class MicroFindings {
  private static final String JSON_FORMAT = "JsonFormat";

  /** As JMH's profiler of the heap calls it. */
  private static final String BYTES = "gc.alloc.rate.norm";

  /** A chart: methods of one class, which has one parameter. */
  private record Group(String id, String title, Class<?> benchmark, String x, List<Line> lines) {}

  /** One method, and what charts call it. */
  private record Line(String method, String name) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "codec",
              "Protobuf",
              CodecBenchmark.class,
              "message",
              List.of(new Line("write", "protobuf, write"), new Line("read", "protobuf, read"))),
          new Group(
              "headers",
              "A request's headers to the wire",
              HeadersBenchmark.class,
              "headers beside the timeout",
              List.of(new Line("writeOurs", "sdk"), new Line("writeJnats", "raw"))),
          new Group(
              "headers-read",
              "One value of a request's headers",
              HeadersBenchmark.class,
              "headers beside the timeout",
              List.of(new Line("readOurs", "sdk"), new Line("readJnats", "raw"))),
          new Group(
              "routes",
              "A path among the routes",
              RoutingBenchmark.class,
              "path",
              List.of(new Line("match", "gateway"))),
          new Group(
              "json-write",
              "A message to JSON",
              JsonBenchmark.class,
              "JSON",
              List.of(new Line("writeOurs", "gateway"), new Line("writeJsonFormat", JSON_FORMAT))),
          new Group(
              "json-read",
              "JSON to a message",
              JsonBenchmark.class,
              "JSON",
              List.of(new Line("readOurs", "gateway"), new Line("readJsonFormat", JSON_FORMAT))));

  private final Collection<RunResult> results;

  MicroFindings(Collection<RunResult> results) {
    this.results = List.copyOf(results);
  }

  Section section(String name, String text) {
    var charts = new ArrayList<Chart>();
    var ratios = new ArrayList<Ratio>();
    for (Group group : GROUPS) {
      charts.add(chart(group, "time", "time", "ns/op", MicroFindings::nanos));
      charts.add(chart(group, "bytes", "heap", "B/op", MicroFindings::bytes));
      ratios.addAll(ratios(group));
    }
    return new Section(name, "Single steps of a call", text, charts, ratios, List.of());
  }

  private Chart chart(
      Group group, String id, String what, String y, Function<RunResult, Stat> figure) {
    var chart =
        new ChartBuilder(
            "micro-%s-%s".formatted(group.id(), id),
            group.title() + ": " + what,
            Kind.BARS,
            group.x(),
            y,
            Best.LESS);
    for (Line line : group.lines()) {
      for (RunResult result : of(group, line)) {
        chart.add(line.name(), parameter(result), figure.apply(result));
      }
    }
    return chart.build();
  }

  /** The first of a group against the second, where both do the same. */
  private List<Ratio> ratios(Group group) {
    var ratios = new ArrayList<Ratio>();
    if (group.benchmark() == CodecBenchmark.class || group.lines().size() < 2) {
      return ratios;
    }
    Line ours = group.lines().getFirst();
    Line theirs = group.lines().getLast();
    for (RunResult one : of(group, ours)) {
      for (RunResult other : of(group, theirs)) {
        if (parameter(one).equals(parameter(other))) {
          String ids = "%s.%s/%s".formatted(parameter(one), ours.name(), theirs.name());
          String name = "micro.%s.%%s.%s".formatted(group.id(), ids.toLowerCase(Locale.ROOT));
          ratios.add(Ratio.of(name.formatted("time"), nanos(one).ratioTo(nanos(other))));
          ratios.add(Ratio.of(name.formatted("bytes"), bytes(one).ratioTo(bytes(other))));
        }
      }
    }
    return ratios;
  }

  /** The results of one method, one for each value of the parameter. */
  private List<RunResult> of(Group group, Line line) {
    String name = group.benchmark().getName() + "." + line.method();
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().equals(name))
        .toList();
  }

  private static String parameter(RunResult result) {
    var params = result.getParams();
    return params.getParamsKeys().stream()
        .map(params::getParam)
        .map(value -> value.toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }

  private static Stat nanos(RunResult result) {
    return stat(result, IterationResult::getPrimaryResult);
  }

  private static Stat bytes(RunResult result) {
    return stat(
        result,
        iteration -> {
          Result<?> bytes = iteration.getSecondaryResults().get(BYTES);
          if (bytes == null) {
            throw new IllegalStateException(
                "no %s in %s".formatted(BYTES, iteration.getSecondaryResults().keySet()));
          }
          return bytes;
        });
  }

  private static Stat stat(RunResult result, Function<IterationResult, Result<?>> figure) {
    return new Stat(
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(iteration -> figure.apply(iteration).getScore())
            .toList());
  }
}
