package io.bodybroker.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/** Asks a person whether something that cannot be undone is meant. */
final class Confirmation {
  private final InputStream in;
  private final PrintStream err;
  private final boolean isTerminal;

  private Confirmation(InputStream in, PrintStream err, boolean isTerminal) {
    this.in = in;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /** Of whoever sits at the terminal. */
  static Confirmation ofTheUser() {
    return of(System.in, System.err, Boolean.getBoolean("bb.terminal.in"));
  }

  static Confirmation of(InputStream in, PrintStream err, boolean isTerminal) {
    return new Confirmation(in, err, isTerminal);
  }

  /** Whether somebody sits there: a script has nobody to ask. */
  boolean canAsk() {
    return isTerminal;
  }

  /**
   * Returns if it is meant.
   *
   * @throws CommandException if it is not, or nobody can be asked
   */
  void require(String question) {
    if (!isTerminal) {
      throw CommandException.usage(question + " Nobody can be asked (expected: --yes)");
    }
    err.print("bb: " + question + " [y/N] ");
    err.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
      if (answer == null || !answer.strip().matches("(?i)y|yes")) {
        throw CommandException.failed("nothing done");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the answer", e);
    }
  }
}
