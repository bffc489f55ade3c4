package io.bodybroker.bodybrokerintegration.death;

/**
 * What death has cost a player.
 *
 * @param isEcho whether the player is dead and not yet back
 * @param veilFray deaths since the debt was cleared, at most {@value #MOST}
 * @param corpseWaits whether a corpse with the player's gear lies somewhere
 */
public record Debt(boolean isEcho, int veilFray, boolean corpseWaits) {
  /** Deaths beyond which it gets no worse. */
  public static final int MOST = 3;

  /** What the Corpse-Tender does not get up for, in euros, is worth less. */
  public static final long LEAST_BRIBE = 10;

  /** A deal of this many euros clears the debt. */
  public static final long MAJOR_DEAL = 50_000;

  /** Of somebody who has not died. */
  public static final Debt NONE = new Debt(false, 0, false);

  /** After a death. An echo cannot die. */
  public Debt died() {
    return isEcho ? this : new Debt(true, Math.min(MOST, veilFray + 1), true);
  }

  /** Back at the hovel. */
  public Debt respawned() {
    return new Debt(false, veilFray, corpseWaits);
  }

  /** With gear and veil as they were. */
  public Debt cleared() {
    return new Debt(isEcho, 0, false);
  }

  /** By how much health and stamina are lowered. */
  public double penalty() {
    return switch (veilFray) {
      case 0 -> 0;
      case 1 -> 0.1;
      case 2 -> 0.25;
      default -> 0.4;
    };
  }
}
