package io.bodybroker.bench.startup;

import java.time.Duration;
import java.util.List;

/**
 * How long one variant took to start.
 *
 * @param variant what was started
 * @param rounds those that count
 * @param failed how many more rounds failed
 */
public record StartupResult(Variant variant, List<Start> rounds, int failed) {
  /** Its list is copied. */
  public StartupResult {
    rounds = List.copyOf(rounds);
  }

  /**
   * One start.
   *
   * @param wall from the fork of the process to the first 200 of its readiness
   * @param processor the processor's time for it, in the kernel's steps of mostly 10 ms; what else
   *     the machine does makes the first longer, and this one hardly
   */
  public record Start(Duration wall, Duration processor) {}
}
