package io.bodybroker.bench.startup;

import java.util.List;

/**
 * How long one variant took to start.
 *
 * @param variant what was started
 * @param milliseconds of each round that counts, from the fork of its process to the first 200 of
 *     its readiness
 */
public record StartupResult(Variant variant, List<Double> milliseconds) {
  /** Its list is copied. */
  public StartupResult {
    milliseconds = List.copyOf(milliseconds);
  }
}
