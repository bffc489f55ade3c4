package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.StreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Everything that was committed to a durable store, revision by revision, in the order of commits.
 *
 * <p>A key keeps its last {@value #HISTORY} revisions. Who reads so late that older ones are gone
 * is told so in the log. Thread-safe.
 *
 * @param <T> the document
 */
public final class RevisionLog<T extends Message> implements CommitLog<T> {
  /** How many revisions of each key the bucket keeps. */
  public static final int HISTORY = 64;

  private static final Logger LOG = System.getLogger(RevisionLog.class.getName());
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final JetStreamApi api;
  private final Bucket bucket;
  private final DocumentCodec<T> codec;

  RevisionLog(JetStreamApi api, Bucket bucket, DocumentCodec<T> codec) {
    this.api = api;
    this.bucket = bucket;
    this.codec = codec;
  }

  /** The store's name. */
  @Override
  public String name() {
    return bucket.name();
  }

  /** The revision committed last; 0 if there is none. */
  @Override
  public long lastRevision() {
    return bucket.info().getStreamState().getLastSequence();
  }

  @Override
  public void follow(long after, Consumer<Change<T>> reader, Runnable whenIdle) {
    bucket.require();
    var pace = StreamReader.Pace.steady(HEARTBEAT);
    var seen = new Seen(after);
    try (var entries = EntryStream.after(api, bucket, bucket.filter(""), after, pace)) {
      while (!Thread.currentThread().isInterrupted()) {
        Entry entry = entries.next(whenIdle);
        tellGap(entry, seen);
        reader.accept(codec.change(entry));
      }
    }
  }

  /** An entry says which one it replaced: one that we should have seen, unless we saw none yet. */
  private void tellGap(Entry entry, Seen seen) {
    long from = seen.replace(entry.key(), entry.version());
    if (entry.replaced() > from) {
      LOG.log(
          Level.ERROR,
          "revisions of \"{0}\" in {1} after {2} and up to {3} were gone before they were read",
          entry.key(),
          bucket.name(),
          from,
          entry.replaced());
    }
  }

  /** The last revision that was seen of each of the keys that changed last. */
  private static final class Seen extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1L;
    private static final int KEYS = 10_000;

    /** Of any other key, all up to here has been seen. */
    private long ofOthers;

    Seen(long after) {
      this.ofOthers = after;
    }

    /** Up to where this key's had been seen. */
    long replace(String key, long revision) {
      Long before = remove(key); // or it would keep its place
      long from = before == null ? ofOthers : before;
      put(key, revision);
      return from;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      boolean isTooMany = size() > KEYS;
      if (isTooMany) {
        ofOthers = Math.max(ofOthers, eldest.getValue());
      }
      return isTooMany;
    }
  }
}
