package io.bodybroker.sdk.backup;

import java.util.List;

/**
 * One stream of a backup.
 *
 * @param name of the stream; a durable store's bucket is a stream {@code KV_{bucket}}
 * @param configuration as the server tells it, in JSON
 * @param state as the server told it when it began the snapshot, in JSON
 * @param messages how many there were when the snapshot began
 * @param firstSequence of these
 * @param lastSequence of these
 * @param hashed how many of them have a fingerprint: all, unless some were overwritten or deleted
 *     while the snapshot was taken
 * @param consumers the durable ones
 * @param snapshot the server's own file of the stream
 * @param fingerprints sequence, time and hash of each message
 */
public record StreamBackup(
    String name,
    String configuration,
    String state,
    long messages,
    long firstSequence,
    long lastSequence,
    long hashed,
    List<ConsumerPosition> consumers,
    BackupFile snapshot,
    BackupFile fingerprints) {

  /** With the list copied. */
  public StreamBackup {
    consumers = List.copyOf(consumers);
  }

  /**
   * Whether all that the snapshot has is known by its fingerprint, so that after a restore nothing
   * may be missing and nothing may be there besides.
   */
  public boolean isExact() {
    return hashed == messages;
  }
}
