package io.bodybroker.cli.soak;

import java.io.PrintStream;
import java.time.Duration;
import java.util.stream.Collectors;

/** Ledger rows as lines of a table. */
final class LedgerTable {
  private static final String LAYOUT = "%-16s %7s %9s %7s %9s %9s  %s%n";

  private final PrintStream out;

  LedgerTable(PrintStream out) {
    this.out = out;
  }

  /** The heads of the columns. */
  void head(String first) {
    out.printf(LAYOUT, first, "sent", "answered", "failed", "p50 ms", "p99 ms", "");
  }

  /** One line. */
  void row(LedgerRow row, String remark) {
    String failures =
        row.byCode().entrySet().stream()
            .map(code -> code.getValue() + " " + code.getKey())
            .collect(Collectors.joining(", "));
    String what =
        failures.isEmpty() || remark.isEmpty() ? failures + remark : failures + "; " + remark;
    out.printf(
        LAYOUT,
        row.name(),
        row.sent(),
        row.answered(),
        row.failures(),
        millis(row.p50()),
        millis(row.p99()),
        what);
  }

  private static String millis(Duration time) {
    return time.isZero() ? "-" : "%.1f".formatted(time.toNanos() / 1e6);
  }
}
