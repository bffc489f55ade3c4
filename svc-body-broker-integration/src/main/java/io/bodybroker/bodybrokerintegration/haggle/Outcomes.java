package io.bodybroker.bodybrokerintegration.haggle;

import io.bodybroker.bodybrokerintegration.v1.Outcome;

/** What leverage comes to. */
public final class Outcomes {
  private static final double EASILY_OFFENDED = 0.5;

  private Outcomes() {}

  /** Of a leverage, with a family that is so ready to take offence. */
  static Outcome of(double leverage, double aggression) {
    if (leverage >= 0.6) {
      return Outcome.EXCELLENT_OUTCOME;
    }
    if (leverage >= 0.3) {
      return Outcome.GOOD_OUTCOME;
    }
    if (leverage >= -0.1) {
      return Outcome.FAIR_OUTCOME;
    }
    if (leverage >= -0.4) {
      return Outcome.POOR_OUTCOME;
    }
    return leverage < -0.6 && aggression > EASILY_OFFENDED
        ? Outcome.HOSTILE_OUTCOME
        : Outcome.FAILED_OUTCOME;
  }

  static double multiplier(Outcome outcome) {
    return switch (outcome) {
      case EXCELLENT_OUTCOME -> 1.5;
      case GOOD_OUTCOME -> 1.2;
      case FAIR_OUTCOME -> 1;
      case POOR_OUTCOME -> 0.8;
      case FAILED_OUTCOME, HOSTILE_OUTCOME, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> 0;
    };
  }

  /** By how much it changes what the family thinks of the player, at once. */
  public static int offence(Outcome outcome) {
    return Math.min(0, change(outcome));
  }

  /** By how much it changes that when the deal is completed. */
  public static int gratitude(Outcome outcome) {
    return Math.max(0, change(outcome));
  }

  private static int change(Outcome outcome) {
    return switch (outcome) {
      case EXCELLENT_OUTCOME -> 10;
      case GOOD_OUTCOME -> 5;
      case FAIR_OUTCOME, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> 0;
      case POOR_OUTCOME -> -5;
      case FAILED_OUTCOME -> -10;
      case HOSTILE_OUTCOME -> -50;
    };
  }

  /** Whether there is something to learn from it. */
  public static boolean isInsightful(Outcome outcome) {
    return outcome == Outcome.EXCELLENT_OUTCOME || outcome == Outcome.GOOD_OUTCOME;
  }
}
