package io.bodybroker.bodybrokerintegration.harvest;

import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;

/**
 * How parts are taken out, and so how good they are.
 *
 * @param method how the body came to the table
 * @param tool with what
 * @param skill of the player, 0 to 1
 * @param timePressure whether it had to go fast
 */
public record Cut(KillMethod method, HarvestTool tool, double skill, boolean timePressure) {
  private static final double SKILL_WEIGHT = 0.3;
  private static final double PRESSURE = 0.15;
  private static final int XP = 10;

  /** Method + tool + 0.3 skill, less 0.15 under time pressure; not below 0. */
  public double quality() {
    double sum = methodValue() + toolValue() + SKILL_WEIGHT * skill - (timePressure ? PRESSURE : 0);
    // To nine digits: sums of tenths must meet the limits of grades as they do on paper.
    return Math.max(0, Math.round(sum * 1e9) / 1e9);
  }

  /** The grade of what comes out. */
  public Grade grade() {
    return Grades.of(quality());
  }

  private double methodValue() {
    return switch (method) {
      case SHOTGUN_BLAST -> 0.25;
      case BLADE_KILL -> 0.75;
      case POISON_KILL -> 0.9;
      case LIVE_EXTRACTION -> 1.2;
      case KILL_METHOD_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("method: " + method);
    };
  }

  private double toolValue() {
    return switch (tool) {
      case RUSTY -> -0.2;
      case STANDARD -> 0;
      case SURGICAL -> 0.2;
      case ADVANCED -> 0.4;
      case HARVEST_TOOL_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("tool: " + tool);
    };
  }

  /** What taking so many parts out teaches: 10 × parts × grade × (1 + tool). */
  public long experience(int parts) {
    return Math.round(XP * parts * Grades.multiplier(grade()) * (1 + toolValue()));
  }
}
