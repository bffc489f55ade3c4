package io.bodybroker.worldstate.society;

/**
 * Two factions, the one whose id comes first first.
 *
 * @param first one
 * @param second the other
 */
public record Pair(String first, String second) implements Comparable<Pair> {
  /** These two, in their order. */
  public static Pair of(String one, String other) {
    return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
  }

  boolean has(String faction) {
    return first.equals(faction) || second.equals(faction);
  }

  String other(String faction) {
    return first.equals(faction) ? second : first;
  }

  @Override
  public int compareTo(Pair that) {
    int byFirst = first.compareTo(that.first);
    return byFirst == 0 ? second.compareTo(that.second) : byFirst;
  }
}
