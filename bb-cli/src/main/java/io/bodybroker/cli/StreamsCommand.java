package io.bodybroker.cli;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.stream.Difference;
import io.bodybroker.sdk.stream.StreamReport;
import io.bodybroker.sdk.stream.StreamSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code bb streams}: what is declared against what there is. */
final class StreamsCommand {
  private static final String ROW = "%-20s %-14s %8s %12s %14s  %s%n";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private StreamsCommand() {}

  static void run(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of(), Set.of());
    boolean apply = arguments.words().equals(List.of("apply"));
    if (!apply && !arguments.words().isEmpty()) {
      throw CommandException.usage("usage: bb streams [apply]");
    }
    BusConfig config = BusConfig.fromEnvironment();
    try (var bus = Connecting.toBus(config)) {
      bus.connections().connection(ConnectionRole.STORE).awaitUp(PATIENCE);
      if (apply) {
        for (StreamSpec stream : bus.streams().catalog().streams()) {
          bus.streams().reconcile(stream);
        }
        DeclaredStores.make(bus, config);
      }
      print(bus.streams().reports());
    }
  }

  private static void print(List<StreamReport> reports) {
    System.out.printf(ROW, "STREAM", "STATE", "REPLICAS", "MESSAGES", "BYTES", "SUBJECTS");
    for (StreamReport report : reports) {
      System.out.printf(
          ROW,
          report.spec().name(),
          state(report),
          report.replicas(),
          report.messages(),
          report.bytes(),
          String.join(" ", report.spec().subjects()));
      for (Difference difference : report.differences()) {
        System.out.println("    " + difference);
      }
    }
  }

  private static String state(StreamReport report) {
    if (!report.exists()) {
      return "missing";
    }
    if (report.isAsDeclared()) {
      return "as declared";
    }
    if (report.isRefused()) {
      return "refused";
    }
    return report.isToBeChanged() ? "differs" : "keeps more";
  }
}
