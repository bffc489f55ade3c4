package io.bodybroker.bench.startup;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collections;
import java.util.List;

/** From the start of its process until a service serves, on one processor. */
public final class StartupBench {
  private StartupBench() {}

  /** Measures, and prints a table. Returns what was measured, in that order. */
  public static List<StartupResult> run(Settings settings, PrintStream out)
      throws IOException, InterruptedException {
    var results =
        Rounds.run(
            settings, settings.startRounds(), out, StartupBench::measure, StartupResult::new);
    out.printf("%-60s %8s %8s %8s%n", "ms to ready", "median", "min", "max");
    for (StartupResult result : results) {
      out.printf(
          "%-60s %8.0f %8.0f %8.0f%n",
          result.variant(),
          Rounds.median(result.milliseconds()),
          Collections.min(result.milliseconds()),
          Collections.max(result.milliseconds()));
    }
    return results;
  }

  private static double measure(RunningService service, Requests requests)
      throws IOException, InterruptedException {
    double milliseconds = service.awaitReady();
    requests.one();
    return milliseconds;
  }
}
