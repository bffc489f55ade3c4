package io.bodybroker.cli.soak;

import io.bodybroker.gateway.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** A report for programs. */
final class ReportJson {
  private ReportJson() {}

  static String of(Report report) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("soak", report.soak());
    tree.put("promise", report.promise());
    tree.put("kept", report.verdict().isKept());
    tree.put("rate", report.settings().rate());
    tree.put("seed", report.settings().seed());
    tree.put("seconds", report.seconds().stream().map(ReportJson::row).toList());
    tree.put("traffic", report.traffic().stream().map(ReportJson::row).toList());
    tree.put("total", row(report.total()));
    tree.put("increments", increments(report.verdict().audit()));
    tree.put(
        "events",
        report.events().stream()
            .map(event -> Map.of("atMillis", event.at().toMillis(), "text", event.text()))
            .toList());
    tree.put(
        "readiness",
        report.changes().stream()
            .map(change ->
                Map.of(
                    "atMillis", change.at().toMillis(),
                    "process", change.member(),
                    "from", change.from(),
                    "to", change.to()))
            .toList());
    tree.put("promises", report.verdict().promises().stream().map(Promise::tree).toList());
    return JsonText.of(tree);
  }

  private static Map<String, Object> row(LedgerRow row) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", row.name());
    tree.put("sent", row.sent());
    tree.put("answered", row.answered());
    tree.put("failed", row.byCode());
    tree.put("p50Micros", row.p50().toNanos() / 1000);
    tree.put("p99Micros", row.p99().toNanos() / 1000);
    return tree;
  }

  private static Map<String, Object> increments(Increments.Audit audit) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("answered", audit.answered());
    tree.put("failed", audit.unanswered());
    tree.put("failedButDone", audit.unansweredButDone());
    tree.put("lost", audit.lost().size());
    tree.put("doubled", audit.doubled().size());
    return tree;
  }
}
