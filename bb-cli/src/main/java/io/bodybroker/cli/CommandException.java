package io.bodybroker.cli;

/** What a command tells its user instead of a result. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A usage error ends with 2, anything else with 1. */
  private final int status;

  private CommandException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The user asked for something that is not to be had. */
  static CommandException usage(String message) {
    return new CommandException(2, message);
  }

  /** What was asked for did not work. */
  static CommandException failed(String message) {
    return new CommandException(1, message);
  }

  int status() {
    return status;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
