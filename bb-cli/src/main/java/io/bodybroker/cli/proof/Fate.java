package io.bodybroker.cli.proof;

/** What becomes of an event, by its number: one of a hundred is poison, in one of three ways. */
enum Fate {
  /** It is counted. */
  APPLIED,
  /** Its bytes are no event. */
  UNDECODABLE,
  /** Its handler refuses it at once. */
  REFUSED,
  /** Its handler fails at every attempt. */
  FAILING;

  private static final int ONE_OF = 100;

  static Fate of(long number) {
    if (number % ONE_OF != ONE_OF - 1) {
      return APPLIED;
    }
    return switch ((int) (number / ONE_OF % 3)) {
      case 0 -> UNDECODABLE;
      case 1 -> REFUSED;
      default -> FAILING;
    };
  }
}
