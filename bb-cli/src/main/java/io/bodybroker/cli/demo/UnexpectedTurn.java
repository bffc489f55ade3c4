package io.bodybroker.cli.demo;

/** The game did not do what the story says. */
public final class UnexpectedTurn extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnexpectedTurn(String what) {
    super(what);
  }
}
