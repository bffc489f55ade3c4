package io.bodybroker.bodybrokerintegration.harvest;

/** How experience becomes skill. */
public final class Skill {
  /** Of somebody who has never cut. */
  public static final double FIRST = 0.6;

  /** Experience at which nothing more is to be learned. */
  public static final long MASTER = 10_000;

  private Skill() {}

  /** {@value #FIRST} at first, growing evenly to 1 at {@value #MASTER}. */
  public static double of(long experience) {
    return FIRST + (1 - FIRST) * Math.min(experience, MASTER) / MASTER;
  }
}
