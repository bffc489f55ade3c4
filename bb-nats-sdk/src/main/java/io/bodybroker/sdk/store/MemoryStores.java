package io.bodybroker.sdk.store;

import com.google.protobuf.Message;

/**
 * Opens stores that live and die with the process, for tests of rules that need many documents and
 * no server. They keep the same contract as the others, but that a watch tells on the writer's
 * thread, before the write returns.
 *
 * <p>Never for a service: of two instances, neither would see what the other wrote. Stateless and
 * thread-safe.
 */
public final class MemoryStores {
  private MemoryStores() {}

  /** An empty store. */
  public static <T extends Message> Store<T> open(T defaultInstance) {
    return new DocumentStore<>(
        new MemoryBackend(defaultInstance.getDescriptorForType().getName()), defaultInstance);
  }
}
