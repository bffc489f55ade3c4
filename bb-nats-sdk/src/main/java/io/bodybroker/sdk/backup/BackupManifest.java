package io.bodybroker.sdk.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup holds: {@code manifest.json} in its directory. It is written last, so a backup
 * without one was interrupted.
 *
 * @param server version of the nats-server it is from
 * @param at when it was begun
 * @param isPartial whether only some streams were asked for
 * @param streams those it holds
 * @param skipped names of those it does not hold, because they are kept in memory only
 */
public record BackupManifest(
    String server,
    Instant at,
    boolean isPartial,
    List<StreamBackup> streams,
    List<String> skipped) {
  /** What is written, and the only one that is read. */
  public static final int FORMAT = 1;

  /** With the lists copied. */
  public BackupManifest {
    streams = List.copyOf(streams);
    skipped = List.copyOf(skipped);
  }

  /** Messages of all streams. */
  public long messages() {
    return streams.stream().mapToLong(StreamBackup::messages).sum();
  }

  /** Bytes of all files. */
  public long bytes() {
    return streams.stream()
        .mapToLong(stream -> stream.snapshot().bytes() + stream.fingerprints().bytes())
        .sum();
  }
}
