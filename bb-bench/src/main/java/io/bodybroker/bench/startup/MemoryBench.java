package io.bodybroker.bench.startup;

import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.bench.startup.Figures.Figure;
import java.io.IOException;
import java.util.List;

/**
 * How much memory a service holds on one processor, once it is ready and idle, and after it has
 * answered some thousand requests at a fixed rate.
 */
public final class MemoryBench implements Benchmark {
  private static final double MEGABYTE = 1 << 20;

  /**
   * One run of the process, in megabytes resident (RSS).
   *
   * @param idle some seconds after it was ready
   * @param served after it had answered its requests
   */
  private record Held(double idle, double served) {}

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
    var figures =
        Rounds.run(
            name(),
            settings,
            settings.memoryRounds(),
            setup,
            (service, requests) -> measure(settings, service, requests));
    return new Section(
        name(),
        "Memory",
        """
        The services of the benchmark of starts, run alike. Resident memory (RSS) %d s after one was \
        ready, and after it has answered %,d requests, %,d a second.\
        """
            .formatted(settings.idle().toSeconds(), settings.requests(), settings.rate()),
        List.of(
            figures.chart("idle", "Idle", "MB resident", Held::idle),
            figures.chart("served", "After the requests", "MB resident", Held::served)),
        figures.ratios(
            List.of(
                new Figure<>("idle", Held::idle, 1.0), new Figure<>("served", Held::served, 1.0))),
        figures.notes());
  }

  private static Held measure(Settings settings, RunningService service, Requests requests)
      throws IOException, InterruptedException {
    service.awaitReady();
    Thread.sleep(settings.idle());
    long idle = service.residentBytes();
    requests.many(settings.requests(), settings.rate());
    return new Held(idle / MEGABYTE, service.residentBytes() / MEGABYTE);
  }
}
