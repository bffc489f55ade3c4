package io.bodybroker.sdk.backup;

import java.util.Set;

/**
 * What of a backup is restored, and how.
 *
 * @param only names of streams; empty means all
 * @param replicas of each stream, 1, 3 or 5; 0 means as many as it had
 * @param isDryRun whether everything is checked and nothing is done
 */
public record Restore(Set<String> only, int replicas, boolean isDryRun) {
  /** Checks the number, and copies the set. */
  public Restore {
    only = Set.copyOf(only);
    if (replicas != 0 && replicas != 1 && replicas != 3 && replicas != 5) {
      throw new IllegalArgumentException(
          "replicas: " + replicas + " (expected: 1, 3 or 5, or 0 for as many as it had)");
    }
  }
}
