package io.bodybroker.bench.startup;

import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.bench.startup.Figures.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** From the start of its process until a service serves, on one processor. */
public final class StartupBench implements Benchmark {
  private static final String TEXT =
      """
      A service with one method on NATS, readiness and metrics over HTTP, on one processor; \
      nats-server and the benchmark have the other. From the fork of the process to the first 200 of \
      its readiness, asked for each 5 ms; a request then proves it. AOT caches are those of JDK 25, \
      from the same training for all: ready, 200 requests, SIGTERM.\
      """;

  /**
   * One start, in milliseconds.
   *
   * @param wall from the fork of the process to the first 200 of its readiness
   * @param processor the processor's time for it, in the kernel's steps of mostly 10 ms; what else
   *     the machine does makes the first longer, and this one hardly
   */
  private record Start(double wall, double processor) {}

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
    var figures =
        Rounds.run(name(), settings, settings.startRounds(), setup, StartupBench::measure);
    return new Section(
        name(),
        "Start",
        TEXT,
        List.of(
            figures.chart("wall", "Time to ready", "ms", Start::wall),
            figures.chart(
                "processor", "Processor time to ready", "ms of processor time", Start::processor)),
        figures.ratios(
            List.of(
                new Figure<>("wall", Start::wall, 0.6),
                new Figure<>("cpu", Start::processor, null))),
        figures.notes());
  }

  private static Start measure(RunningService service, Requests requests)
      throws IOException, InterruptedException {
    var wall = service.awaitReady();
    var processor = service.processorTime();
    requests.one();
    return new Start(millis(wall), millis(processor));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
