package io.bodybroker.sdk.store;

import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.StreamReader;
import java.time.Duration;

/**
 * Tells which keys of a bucket get another entry, without the entries, from the moment it says that
 * it is following until it says that it has lost it.
 */
final class Invalidations implements OpenWatches.Source {
  private static final StreamReader.Pace PACE = StreamReader.Pace.steady(Duration.ofSeconds(1));

  private final JetStreamApi api;
  private final Bucket bucket;
  private final Listener listener;
  private long told;

  /** Who is told, on one thread. */
  interface Listener {
    /** Every change from now on is told. */
    void following();

    /** A key has an entry of this version, or none any more. */
    void changed(String key, long version);

    /** Changes may not be told from now on. */
    void lost();
  }

  Invalidations(JetStreamApi api, Bucket bucket, Listener listener) {
    this.api = api;
    this.bucket = bucket;
    this.listener = listener;
  }

  @Override
  public String name() {
    return bucket.name();
  }

  @Override
  public long progress() {
    return told;
  }

  @Override
  public void follow() {
    long last = bucket.info().getStreamState().getLastSequence();
    try (var entries = EntryStream.headersAfter(api, bucket, bucket.filter(""), last, PACE)) {
      listener.following();
      while (!Thread.currentThread().isInterrupted()) {
        var entry = entries.next();
        listener.changed(entry.key(), entry.version());
        told++;
      }
    } finally {
      listener.lost();
    }
  }
}
