package io.bodybroker.api;

import java.util.Arrays;

/** What a version promises about the one before, by Semantic Versioning 2.0.0. */
final class Versions {
  private Versions() {}

  /** Whether users of the one must expect the other to break them. */
  static boolean mayBreak(String released, String next) {
    int[] before = numbers(released);
    int[] after = numbers(next);
    return before[0] != after[0] || (before[0] == 0 && before[1] != after[1]);
  }

  private static int[] numbers(String version) {
    String[] parts = version.replaceFirst("-.*", "").split("\\.", -1);
    return Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
  }
}
