package io.bodybroker.bench.startup;

import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.report.Stat;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** From the start of its process until a service serves, on one processor. */
public final class StartupBench implements Benchmark {
  private static final String TEXT =
      """
      A service with one method on NATS, readiness and metrics over HTTP, on one processor; \
      nats-server and the benchmark have the other. From the fork of the process to the first 200 of \
      its readiness, asked for each 5 ms; a request then proves it. AOT caches are those of JDK 25, \
      from the same training for all: ready, 200 requests, SIGTERM.\
      """;

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String help() {
    return "process start to ready on one core, beside Quarkus and Micronaut";
  }

  @Override
  public Section run(Setup setup) throws IOException, InterruptedException {
    var settings = Settings.of(setup);
    var found =
        Rounds.run(
            settings, settings.startRounds(), setup, StartupBench::measure, StartupResult::new);
    var figures = new Figures<>("startup", found.results(), StartupResult::variant);
    return new Section(
        name(),
        "Start",
        TEXT,
        List.of(
            chart(
                "startup-wall", "Time to ready", "ms", found.results(), StartupResult.Start::wall),
            chart(
                "startup-processor",
                "Processor time to ready",
                "ms of processor time",
                found.results(),
                StartupResult.Start::processor)),
        figures.ratios(
            List.of(
                new Figures.Figure<>("wall", each -> stat(each, StartupResult.Start::wall), 0.6),
                new Figures.Figure<>(
                    "cpu", each -> stat(each, StartupResult.Start::processor), null))),
        found.notes());
  }

  private static StartupResult.Start measure(RunningService service, Requests requests)
      throws IOException, InterruptedException {
    var wall = service.awaitReady();
    var processor = service.processorTime();
    requests.one();
    return new StartupResult.Start(wall, processor);
  }

  private static Chart chart(
      String id,
      String title,
      String unit,
      List<StartupResult> results,
      Function<StartupResult.Start, Duration> time) {
    var chart = new ChartBuilder(id, title, Kind.BARS, "how it runs", unit, Best.LESS);
    for (StartupResult result : results) {
      chart.add(result.variant().contender(), result.variant().name(), stat(result, time));
    }
    return chart.build();
  }

  private static Stat stat(StartupResult result, Function<StartupResult.Start, Duration> time) {
    return new Stat(
        result.rounds().stream().map(round -> time.apply(round).toNanos() / 1e6).toList());
  }
}
