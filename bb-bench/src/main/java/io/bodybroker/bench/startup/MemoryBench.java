package io.bodybroker.bench.startup;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much memory a service holds on one processor, once it is ready and idle, and after it has
 * answered some thousand requests at a fixed rate.
 */
public final class MemoryBench {
  private static final double MEGABYTE = 1 << 20;

  private MemoryBench() {}

  /** Measures, and prints a table. Returns what was measured, in that order. */
  public static List<MemoryResult> run(Settings settings, PrintStream out)
      throws IOException, InterruptedException {
    var results =
        Rounds.run(
            settings,
            settings.memoryRounds(),
            out,
            (service, requests) -> measure(settings, service, requests),
            MemoryResult::new);
    out.printf("%-60s %8s %8s %8s %8s%n", "median MB", "RSS idle", "PSS idle", "RSS", "PSS");
    for (MemoryResult result : results) {
      out.printf(
          "%-60s %8.1f %8.1f %8.1f %8.1f%n",
          result.variant(),
          median(result, round -> round.idle().resident()),
          median(result, round -> round.idle().proportional()),
          median(result, round -> round.served().resident()),
          median(result, round -> round.served().proportional()));
    }
    out.printf(
        "idle: %d s after it was ready; the right half: after %,d requests, %,d a second%n",
        settings.idle().toSeconds(), settings.requests(), settings.rate());
    return results;
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

  private static double median(MemoryResult result, ToLongFunction<MemoryResult.Round> bytes) {
    var megabytes =
        result.rounds().stream().map(round -> bytes.applyAsLong(round) / MEGABYTE).toList();
    return Rounds.median(megabytes);
  }
}
