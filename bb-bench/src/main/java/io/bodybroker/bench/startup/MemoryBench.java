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
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much memory a service holds on one processor, once it is ready and idle, and after it has
 * answered some thousand requests at a fixed rate.
 */
public final class MemoryBench implements Benchmark {
  private static final double MEGABYTE = 1 << 20;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String help() {
    return "resident memory of one service, beside Quarkus and Micronaut";
  }

  @Override
  public Section run(Setup setup) throws IOException, InterruptedException {
    var settings = Settings.of(setup);
    var found =
        Rounds.run(
            settings,
            settings.memoryRounds(),
            setup,
            (service, requests) -> measure(settings, service, requests),
            MemoryResult::new);
    var figures = new Figures<>("memory", found.results(), MemoryResult::variant);
    return new Section(
        name(),
        "Memory",
        """
        The services of the benchmark of starts, run alike. Resident memory (RSS) %d s after one was \
        ready, and after it has answered %,d requests, %,d a second.\
        """
            .formatted(settings.idle().toSeconds(), settings.requests(), settings.rate()),
        List.of(
            chart("memory-idle", "Idle", found.results(), MemoryBench::idle),
            chart("memory-served", "After the requests", found.results(), MemoryBench::served)),
        figures.ratios(
            List.of(
                new Figures.Figure<>("idle", each -> stat(each, MemoryBench::idle), 1.0),
                new Figures.Figure<>("served", each -> stat(each, MemoryBench::served), 1.0))),
        found.notes());
  }

  private static long idle(MemoryResult.Round round) {
    return round.idle().resident();
  }

  private static long served(MemoryResult.Round round) {
    return round.served().resident();
  }

  private static MemoryResult.Round measure(
      Settings settings, RunningService service, Requests requests)
      throws IOException, InterruptedException {
    service.awaitReady();
    Thread.sleep(settings.idle());
    var idle = service.memory();
    requests.many(settings.requests(), settings.rate());
    return new MemoryResult.Round(idle, service.memory());
  }

  private static Chart chart(
      String id,
      String title,
      List<MemoryResult> results,
      ToLongFunction<MemoryResult.Round> bytes) {
    var chart = new ChartBuilder(id, title, Kind.BARS, "how it runs", "MB resident", Best.LESS);
    for (MemoryResult result : results) {
      chart.add(result.variant().contender(), result.variant().name(), stat(result, bytes));
    }
    return chart.build();
  }

  private static Stat stat(MemoryResult result, ToLongFunction<MemoryResult.Round> bytes) {
    return new Stat(
        result.rounds().stream().map(round -> bytes.applyAsLong(round) / MEGABYTE).toList());
  }
}
