package io.bodybroker.bench.startup;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** From the start of its process until a service serves, on one processor. */
public final class StartupBench {
  private StartupBench() {}

  /** Measures, and prints a table. Returns what was measured, in that order. */
  public static List<StartupResult> run(Settings settings, PrintStream out)
      throws IOException, InterruptedException {
    var results =
        Rounds.run(
            settings, settings.startRounds(), out, StartupBench::measure, StartupResult::new);
    out.printf("%-60s %8s %8s %8s %14s%n", "ms to ready", "median", "min", "max", "processor time");
    for (StartupResult result : results) {
      var walls = milliseconds(result, StartupResult.Start::wall);
      out.printf(
          "%-60s %8.0f %8.0f %8.0f %14.0f%n",
          result.variant(),
          Rounds.median(walls),
          Collections.min(walls),
          Collections.max(walls),
          Rounds.median(milliseconds(result, StartupResult.Start::processor)));
    }
    return results;
  }

  private static StartupResult.Start measure(RunningService service, Requests requests)
      throws IOException, InterruptedException {
    var wall = service.awaitReady();
    var processor = service.processorTime();
    requests.one();
    return new StartupResult.Start(wall, processor);
  }

  private static List<Double> milliseconds(
      StartupResult result, Function<StartupResult.Start, Duration> time) {
    return result.rounds().stream().map(round -> time.apply(round).toNanos() / 1e6).toList();
  }
}
