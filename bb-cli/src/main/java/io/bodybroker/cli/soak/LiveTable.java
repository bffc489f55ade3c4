package io.bodybroker.cli.soak;

import java.io.PrintStream;
import java.util.stream.Collectors;

/** Prints each second of a ledger once it is over, while the soak goes on. */
final class LiveTable implements AutoCloseable {
  private final LedgerTable table;
  private final Ledger ledger;
  private final Timeline timeline;
  private final Thread printer;
  private volatile boolean isClosed;
  private int printed;

  LiveTable(PrintStream out, Ledger ledger, Timeline timeline) {
    this.table = new LedgerTable(out);
    this.ledger = ledger;
    this.timeline = timeline;
    table.head("second");
    this.printer = Thread.ofVirtual().name("soak-table").start(this::print);
  }

  private void print() {
    while (!isClosed) {
      printUntil(ledger.seconds() - 1);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        break; // closed
      }
    }
    printUntil(ledger.seconds());
  }

  private void printUntil(int end) {
    for (; printed < end; printed++) {
      LedgerRow row = ledger.second(printed);
      String events = events(printed);
      // At the end there is a while in which what was done is looked at.
      if (row.sent() + row.answered() + row.failures() > 0 || !events.isEmpty()) {
        table.row(row, events);
      }
    }
  }

  private String events(int second) {
    return timeline.events().stream()
        .filter(event -> event.at().toSeconds() == second)
        .map(Timeline.Event::text)
        .collect(Collectors.joining("; "));
  }

  /** Prints what is left. */
  @Override
  public void close() {
    isClosed = true;
    printer.interrupt();
    try {
      printer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
