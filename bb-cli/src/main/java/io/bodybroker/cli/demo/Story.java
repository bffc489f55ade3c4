package io.bodybroker.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells what happens as it happens, and each call that made it happen. For one thread. */
final class Story {
  /** A call that was answered. */
  private record Made(String method, String path, int status, long nanos) {
    double milliseconds() {
      return nanos / 1e6;
    }
  }

  private final PrintStream out;
  private final long began = System.nanoTime();
  private final List<Made> calls = new ArrayList<>();

  Story(PrintStream out) {
    this.out = out;
  }

  /** Begins another part. */
  void chapter(String title) {
    out.printf("%n%s%n", title);
  }

  /** Tells a sentence. */
  void tell(String format, Object... values) {
    out.printf("  " + format + "%n", values);
  }

  /** Tells a call that was answered. */
  void called(String method, String path, int status, long nanos) {
    var call = new Made(method, path, status, nanos);
    calls.add(call);
    out.printf("      %-6s %s  %d, %.1f ms%n", method, path, status, call.milliseconds());
  }

  /** Ends it: how many calls there were and how long they took. */
  void end() {
    double[] sorted = calls.stream().mapToDouble(Made::milliseconds).sorted().toArray();
    var slowest = calls.stream().max(Comparator.comparingLong(Made::nanos)).orElseThrow();
    out.printf(
        "%nThe end: %d calls in %.1f s, half of them within %.1f ms; the slowest was %s %s with %.0f ms.%n",
        sorted.length,
        Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3,
        sorted[sorted.length / 2],
        slowest.method(),
        slowest.path(),
        slowest.milliseconds());
  }
}
