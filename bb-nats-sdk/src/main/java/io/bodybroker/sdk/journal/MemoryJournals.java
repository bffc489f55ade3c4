package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;

/**
 * Opens journals that live and die with the process, for tests of rules that need many entries and
 * no server. They keep the same contract as the others.
 *
 * <p>Never for a service: of two instances, neither would see what the other appended. Stateless
 * and thread-safe.
 */
public final class MemoryJournals {
  private MemoryJournals() {}

  /** An empty journal. */
  public static <T extends Message> Journal<T> open(T defaultInstance) {
    return new MemoryJournal<>(defaultInstance.getDescriptorForType().getName());
  }
}
