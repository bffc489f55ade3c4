package io.bodybroker.bodybrokerintegration.morality;

import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;

/**
 * Whom a player has killed, and what it has earned. Counts only grow.
 *
 * @param deserving kills that were deserved
 * @param neutral kills that were neither
 * @param innocent kills that were not deserved
 * @param vigilanteRespect 0 to {@value #MOST}
 * @param faeAmusement from 0
 * @param heat from 0
 */
public record Conscience(
    long deserving,
    long neutral,
    long innocent,
    int vigilanteRespect,
    long faeAmusement,
    long heat) {
  private static final int MOST = 100;

  /** Of somebody who has killed nobody. */
  public static final Conscience CLEAR = new Conscience(0, 0, 0, 0, 0, 0);

  /** All kills. */
  public long kills() {
    return deserving + neutral + innocent;
  }

  /** Butcher from 30 of 100 innocent, else Surgeon from 70 of 100 deserving, else mixed. */
  public MoralPath path() {
    if (kills() == 0) {
      return MoralPath.MIXED;
    }
    if (10 * innocent >= 3 * kills()) {
      return MoralPath.BUTCHER;
    }
    return 10 * deserving >= 7 * kills() ? MoralPath.SURGEON : MoralPath.MIXED;
  }

  /** -1 if all deserved it, 1 if none did. */
  public double score() {
    return kills() == 0 ? 0 : (double) (innocent - deserving) / kills();
  }

  /** After one more kill. What it earns depends on what the player is with it. */
  public Conscience after(TargetMorality target) {
    return switch (target) {
      case DESERVING ->
          new Conscience(deserving + 1, neutral, innocent, vigilanteRespect, faeAmusement, heat)
              .respected();
      case INNOCENT ->
          new Conscience(deserving, neutral, innocent + 1, vigilanteRespect, faeAmusement, heat)
              .noticed();
      case NEUTRAL, TARGET_MORALITY_UNSPECIFIED, UNRECOGNIZED ->
          new Conscience(deserving, neutral + 1, innocent, vigilanteRespect, faeAmusement, heat);
    };
  }

  private Conscience respected() {
    return path() == MoralPath.SURGEON
        ? new Conscience(
            deserving, neutral, innocent, Math.min(MOST, vigilanteRespect + 2), faeAmusement, heat)
        : this;
  }

  private Conscience noticed() {
    return switch (path()) {
      case SURGEON ->
          new Conscience(deserving, neutral, innocent, vigilanteRespect, faeAmusement + 10, heat);
      case BUTCHER ->
          new Conscience(deserving, neutral, innocent, vigilanteRespect, faeAmusement, heat + 5);
      case MIXED, MORAL_PATH_UNSPECIFIED, UNRECOGNIZED -> this;
    };
  }

  /** What goods a Surgeon forgoes: a hundredth a kill, at most half; else 0. */
  public double supplyPenalty() {
    return path() == MoralPath.SURGEON ? Math.min(0.5, kills() / 100.0) : 0;
  }

  /** How well a Butcher's line runs: 50 and one a kill, at most 100; else 0. */
  public int efficiency() {
    return path() == MoralPath.BUTCHER ? (int) Math.min(MOST, 50 + kills()) : 0;
  }

  /** How well a Butcher is known: two a kill, at most 100; else 0. */
  public int notoriety() {
    return path() == MoralPath.BUTCHER ? (int) Math.min(MOST, 2 * kills()) : 0;
  }
}
