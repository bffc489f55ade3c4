package io.bodybroker.bodybrokerintegration.family;

/** What a family thinks of a player, 0 to 100. */
public final class Regard {
  /** Of somebody it does not know. */
  public static final int FIRST = 50;

  private static final int MOST = 100;

  private Regard() {}

  /** After a change, within the range. */
  public static int after(int regard, int change) {
    return Math.clamp((long) regard + change, 0, MOST);
  }
}
