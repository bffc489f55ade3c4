package io.bodybroker.sdk.store;

import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.StreamReader;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a bucket for as long as it runs: an {@link EntryStream}, and when that breaks the next
 * one after the last version seen. A bucket keeps the last entry of each key, so what happened in
 * between is there, but for what was superseded.
 *
 * <p>A bucket that was deleted and made anew counts from 1 again; then everything begins anew.
 */
final class DurableWatch implements OpenWatches.Source {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final JetStreamApi api;
  private final Bucket bucket;
  private final String filter;
  private final Consumer<Entry> listener;

  private @Nullable ZonedDateTime created;
  private long horizon;
  private long seen;
  private final Set<String> toldLive = new HashSet<>();

  DurableWatch(JetStreamApi api, Bucket bucket, String filter, Consumer<Entry> listener) {
    this.api = api;
    this.bucket = bucket;
    this.filter = filter;
    this.listener = listener;
  }

  @Override
  public String name() {
    return bucket.name();
  }

  @Override
  public long progress() {
    return seen;
  }

  @Override
  public void follow() {
    beginAnewIfRecreated();
    var pace = StreamReader.Pace.steady(HEARTBEAT);
    try (var entries =
        seen == 0
            ? EntryStream.latest(api, bucket, filter, pace)
            : EntryStream.after(api, bucket, filter, seen, pace)) {
      while (!Thread.currentThread().isInterrupted()) {
        deliver(entries.next());
      }
    }
  }

  private void beginAnewIfRecreated() {
    var info = bucket.info();
    if (!info.getCreateTime().equals(created)) {
      created = info.getCreateTime();
      horizon = info.getStreamState().getLastSequence();
      seen = 0;
      toldLive.clear();
    }
  }

  private void deliver(Entry entry) {
    seen = entry.version();
    if (seen > horizon) {
      toldLive.clear();
    } else if (entry.isLive()) {
      toldLive.add(entry.key());
    } else if (!toldLive.contains(entry.key())) {
      return; // deleted before the watch began
    }
    listener.accept(entry);
  }
}
