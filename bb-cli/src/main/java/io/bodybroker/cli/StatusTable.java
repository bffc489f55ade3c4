package io.bodybroker.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table of parts that fills in as they become ready: drawn over in place on a terminal, a line
 * for each change elsewhere. Thread-safe.
 */
final class StatusTable {
  private enum State {
    STARTING,
    READY
  }

  private record Row(State state, String detail, Duration after) {}

  private final PrintStream out;
  private final boolean isTerminal;
  private final long started = System.nanoTime();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final java.util.concurrent.locks.ReentrantLock lock =
      new java.util.concurrent.locks.ReentrantLock();
  private int drawn;

  StatusTable(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  void starting(String part) {
    set(part, new Row(State.STARTING, "", Duration.ZERO));
  }

  void ready(String part, String detail) {
    set(part, new Row(State.READY, detail, Duration.ofNanos(System.nanoTime() - started)));
  }

  private void set(String part, Row row) {
    lock.lock();
    try {
      rows.put(part, row);
      if (isTerminal) {
        redraw();
      } else if (row.state() == State.READY) {
        out.println(line(part, row));
      }
    } finally {
      lock.unlock();
    }
  }

  private void redraw() {
    var screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\033[").append(drawn).append('A');
    }
    rows.forEach((part, row) -> screen.append("\033[2K").append(line(part, row)).append('\n'));
    out.print(screen);
    out.flush();
    drawn = rows.size();
  }

  private static String line(String part, Row row) {
    return switch (row.state()) {
      case STARTING -> "  … %-20s starting".formatted(part);
      case READY ->
          "  ✓ %-20s ready after %5.2f s  %s"
              .formatted(part, row.after().toMillis() / 1e3, row.detail());
    };
  }
}
