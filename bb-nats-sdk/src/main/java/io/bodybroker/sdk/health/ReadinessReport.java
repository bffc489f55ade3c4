package io.bodybroker.sdk.health;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How readiness stood at one moment.
 *
 * @param names of all conditions
 * @param failing those that did not hold, and why
 */
record ReadinessReport(List<String> names, List<Failing> failing) {
  record Failing(String name, String reason) {
    @Override
    public String toString() {
      return name + ": " + reason;
    }
  }

  ReadinessReport {
    names = List.copyOf(names);
    failing = List.copyOf(failing);
  }

  boolean isReady() {
    return failing.isEmpty();
  }

  /** In a sentence. */
  String why() {
    return isReady()
        ? "all conditions hold: " + String.join(", ", names)
        : failing.stream().map(Failing::toString).collect(Collectors.joining("; "));
  }

  Optional<String> reason(String name) {
    return failing.stream().filter(f -> f.name().equals(name)).map(Failing::reason).findFirst();
  }
}
