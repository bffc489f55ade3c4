package io.bodybroker.protoc.compatibility;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One change of a contract that somebody does not survive.
 *
 * @param position file, line and column, from 1; only the file if what changed is gone, or the
 *     descriptors do not say more
 * @param declaration what changed, {@code field weather.v1.GetWeatherRequest.world_id}
 * @param change what was and what is
 * @param broken who it breaks, in the order of the enum
 * @param expected what would be right
 */
public record BreakingChange(
    String position, String declaration, String change, List<Broken> broken, String expected) {
  /** Copies the list, in order. */
  public BreakingChange {
    broken = broken.stream().sorted().distinct().toList();
  }

  /** In one line, as compilers say it. */
  @Override
  public String toString() {
    return "%s: %s %s: breaks %s (expected: %s)"
        .formatted(
            position,
            declaration,
            change,
            broken.stream().map(Broken::toString).collect(Collectors.joining(", ")),
            expected);
  }
}
