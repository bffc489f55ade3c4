package io.bodybroker.bench.startup;

import java.util.List;

/**
 * How much memory one variant held.
 *
 * @param variant what ran
 * @param rounds what was seen in each round that counts
 * @param failed how many more rounds failed
 */
public record MemoryResult(Variant variant, List<Round> rounds, int failed) {
  /** Its list is copied. */
  public MemoryResult {
    rounds = List.copyOf(rounds);
  }

  /**
   * One run of the process.
   *
   * @param idle some seconds after it was ready
   * @param served after it had answered its requests
   */
  public record Round(Memory idle, Memory served) {}

  /**
   * What the kernel says of a process.
   *
   * @param resident bytes in memory, RSS; pages that it shares with other processes count in each
   * @param proportional the same, PSS, where a page that is shared counts in parts
   */
  public record Memory(long resident, long proportional) {}
}
