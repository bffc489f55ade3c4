package io.bodybroker.cli.soak;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for people, without the seconds, which they have seen pass. */
final class ReportText {

  private ReportText() {}

  static void print(Report report, PrintStream out) {
    out.println();
    var table = new LedgerTable(out);
    table.head("traffic");
    report.traffic().forEach(row -> table.row(row, ""));
    table.row(report.total(), "");
    var audit = report.verdict().audit();
    out.printf(
        "%nincrements: %d answered, %d failed (%d of them done), %d lost, %d doubled%n",
        audit.answered(),
        audit.unanswered(),
        audit.unansweredButDone(),
        audit.lost().size(),
        audit.doubled().size());
    out.printf("%nreadiness%n");
    byMember(report.changes())
        .forEach((member, changes) -> out.printf("  %-20s %s%n", member, changes));
    out.printf("%npromises%n");
    report.verdict().promises().forEach(promise -> promise.print(out));
    out.printf(
        "%nsoak %s: %s%n",
        report.soak(), report.verdict().isKept() ? "all promises kept" : "BROKEN");
  }

  private static Map<String, String> byMember(List<HealthWatch.Change> changes) {
    return changes.stream()
        .collect(
            Collectors.groupingBy(
                HealthWatch.Change::member,
                TreeMap::new,
                Collectors.mapping(
                    change -> Timeline.seconds(change.at()) + " " + status(change.to()),
                    Collectors.joining(", "))));
  }

  private static String status(int status) {
    return status == 0 ? "no answer" : String.valueOf(status);
  }
}
