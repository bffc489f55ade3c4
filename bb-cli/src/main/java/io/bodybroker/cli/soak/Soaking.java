package io.bodybroker.cli.soak;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Runs soaks one after the other on one fleet, and tells what comes of them. */
public final class Soaking {
  /**
   * What came of one soak.
   *
   * @param soak its name
   * @param isKept whether everything it promises was kept
   * @param json all that was counted
   */
  public record Result(String soak, boolean isKept, String json) {}

  private Soaking() {}

  /**
   * Starts a fleet, runs the soaks and ends the fleet.
   *
   * @param out where the ledgers are printed
   * @throws IllegalStateException if the fleet cannot be started, or does not get ready again
   */
  public static List<Result> run(List<Soak> soaks, SoakOptions options, PrintStream out) {
    out.println(
        "starting nats-server, redis-server, two instances of each service called, the others in one process, two gateways");
    var results = new ArrayList<Result>();
    try (var fleet = Fleet.start(options.logs())) {
      for (Soak soak : soaks) {
        Report report = run(soak, fleet, options, out);
        ReportText.print(report, out);
        results.add(new Result(soak.name(), report.verdict().isKept(), ReportJson.of(report)));
      }
    }
    return results;
  }

  private static Report run(Soak soak, Fleet fleet, SoakOptions options, PrintStream out) {
    out.printf(
        "%nsoak %s: %s%n%d calls a second, seed %d, logs in %s%n%n",
        soak.name(), soak.promise(), options.rate(), options.seed(), options.logs());
    String run = soak.name() + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    try (var scene = new Scene(fleet, run, options)) {
      Verdict verdict;
      try (var table = new LiveTable(out, scene.ledger(), scene.timeline())) {
        verdict = soak.run(scene);
      }
      return report(soak, scene, verdict);
    }
  }

  private static Report report(Soak soak, Scene scene, Verdict verdict) {
    var ledger = scene.ledger();
    var seconds = new ArrayList<LedgerRow>();
    for (int second = 0; second < ledger.seconds(); second++) {
      seconds.add(ledger.second(second));
    }
    return new Report(
        soak.name(),
        soak.promise(),
        scene.options(),
        seconds,
        ledger.byTraffic(),
        ledger.total(),
        scene.timeline().events(),
        scene.health().changes(),
        verdict);
  }
}
