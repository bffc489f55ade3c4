package io.bodybroker.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says how far long work is: on a terminal one line, drawn over in place, elsewhere a line now and
 * then. Short work says nothing. For one thread.
 */
final class ProgressLine implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean isTerminal;
  private final LongSupplier nanos;
  private final long gap;
  private long next;
  private boolean isDrawn;

  private ProgressLine(PrintStream err, boolean isTerminal, LongSupplier nanos) {
    this.err = err;
    this.isTerminal = isTerminal;
    this.nanos = nanos;
    this.gap = (isTerminal ? ON_TERMINAL : ELSEWHERE).toNanos();
    this.next = nanos.getAsLong() + gap;
  }

  /** On standard error. */
  static ProgressLine onError() {
    return of(System.err, Boolean.getBoolean("bb.terminal.err"), System::nanoTime);
  }

  static ProgressLine of(PrintStream err, boolean isTerminal, LongSupplier nanos) {
    return new ProgressLine(err, isTerminal, nanos);
  }

  /** Shows the text if it is time for it. */
  void tell(Supplier<String> text) {
    long now = nanos.getAsLong();
    if (now - next < 0) {
      return;
    }
    next = now + gap;
    if (isTerminal) {
      err.print(ERASE + "bb: " + text.get());
      err.flush();
      isDrawn = true;
    } else {
      err.println("bb: " + text.get());
    }
  }

  /** Makes room for a line of its own. */
  void erase() {
    if (isDrawn) {
      err.print(ERASE);
      err.flush();
      isDrawn = false;
    }
  }

  @Override
  public void close() {
    erase();
  }
}
