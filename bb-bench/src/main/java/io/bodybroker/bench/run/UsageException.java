package io.bodybroker.bench.run;

/** A command line that was not understood; the message names the word and what would be right. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
