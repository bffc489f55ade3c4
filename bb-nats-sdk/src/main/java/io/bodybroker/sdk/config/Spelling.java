package io.bodybroker.sdk.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody who mistyped a name meant. */
final class Spelling {
  private Spelling() {}

  /**
   * The known name with the fewest edits from the given one, if they are no more than {@code most};
   * of two that are as near, the first in the alphabet.
   *
   * <p>At each start all variables of the environment are compared with all settings: most pairs
   * are told apart without counting their edits.
   */
  static Optional<String> nearest(String name, Collection<String> known, int most) {
    String nearest = null;
    int least = most;
    for (String candidate : known) {
      if (edits(name, candidate) > least) {
        continue;
      }
      int distance = distance(name, candidate);
      boolean isFirst = nearest == null || candidate.compareTo(nearest) < 0;
      if (distance < least || (distance == least && isFirst)) {
        nearest = candidate;
        least = distance;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * So many edits at least, or more: each makes a text longer or shorter by one at most, and takes
   * one kind of character out of it and another into it at most.
   */
  private static int edits(String a, String b) {
    int kinds = Long.bitCount(kinds(a) ^ kinds(b));
    return Math.max(Math.abs(a.length() - b.length()), (kinds + 1) / 2);
  }

  /** A bit for each character that is there; some share one. */
  private static long kinds(String text) {
    long kinds = 0;
    for (int i = 0; i < text.length(); i++) {
      kinds |= 1L << text.charAt(i);
    }
    return kinds;
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    boolean isSame = a.charAt(i - 1) == b.charAt(j - 1);
    int least =
        Math.min(
            cost[i - 1][j - 1] + (isSame ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean isSwap =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return isSwap ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
