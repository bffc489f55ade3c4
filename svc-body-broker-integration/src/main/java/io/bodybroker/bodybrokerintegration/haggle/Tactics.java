package io.bodybroker.bodybrokerintegration.haggle;

import io.bodybroker.bodybrokerintegration.v1.Tactic;
import io.bodybroker.bodybrokerintegration.v1.Temperament;
import java.util.Collection;
import java.util.List;

/** What tactics do to families of each temperament. */
final class Tactics {
  private static final double UNKNOWN = -0.1;
  private static final double MOST = 0.3;

  private Tactics() {}

  /**
   * The sum over all, between -0.3 and 0.3.
   *
   * @param used tactics that were used before and are seen through
   */
  static double leverage(Temperament mood, List<Tactic> tactics, Collection<Tactic> used) {
    double sum =
        tactics.stream()
            .mapToDouble(tactic -> used.contains(tactic) ? UNKNOWN : effect(mood, tactic))
            .sum();
    return Math.clamp(sum, -MOST, MOST);
  }

  static double effect(Temperament mood, Tactic tactic) {
    return switch (mood) {
      case AGGRESSIVE ->
          switch (tactic) {
            case INTIMIDATE -> 0.2;
            case CHARM -> -0.1;
            case LOGIC -> -0.2;
            case APPEAL_TO_GREED -> 0.15;
            default -> UNKNOWN;
          };
      case CALCULATED ->
          switch (tactic) {
            case INTIMIDATE -> -0.2;
            case CHARM -> 0.1;
            case LOGIC -> 0.3;
            case APPEAL_TO_GREED -> 0.2;
            default -> UNKNOWN;
          };
      case WHIMSICAL ->
          switch (tactic) {
            case INTIMIDATE -> -0.3;
            case CHARM -> 0.2;
            case LOGIC -> -0.1;
            case RIDDLE -> 0.4;
            default -> UNKNOWN;
          };
      case DESPERATE ->
          switch (tactic) {
            case INTIMIDATE -> 0.3;
            case CHARM -> 0.1;
            case LOGIC -> 0;
            case EXPLOIT_DESPERATION -> 0.4;
            default -> UNKNOWN;
          };
      case COLD ->
          switch (tactic) {
            case INTIMIDATE, CHARM -> 0;
            case LOGIC, DATA_DRIVEN_ARGUMENT -> 0.3;
            default -> UNKNOWN;
          };
      case TEMPERAMENT_UNSPECIFIED, UNRECOGNIZED -> UNKNOWN;
    };
  }

  /** The one that works best on a temperament. */
  static Tactic best(Temperament mood) {
    return switch (mood) {
      case AGGRESSIVE -> Tactic.INTIMIDATE;
      case CALCULATED, COLD -> Tactic.LOGIC;
      case WHIMSICAL -> Tactic.RIDDLE;
      case DESPERATE -> Tactic.EXPLOIT_DESPERATION;
      case TEMPERAMENT_UNSPECIFIED, UNRECOGNIZED -> Tactic.TACTIC_UNSPECIFIED;
    };
  }
}
