package io.bodybroker.sdk.store;

import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.internal.StreamReader;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A {@link Backend} on a JetStream key-value bucket; the version is the stream sequence.
 *
 * <p><b>Reads go to the leader.</b> jnats' own key-value reads use the direct-get subject wherever
 * a bucket allows it (all buckets made by the usual tools do), and there any replica answers, also
 * one that is behind. So reads are plain message gets here, which only the stream's leader answers,
 * and a leader has applied every write it acknowledged. That costs base64 in JSON. What remains
 * (Jepsen, nats-server 2.12.1): a leader that was cut off and does not know it yet may answer with
 * an old entry for a few seconds. No write can be lost that way, for a compare-and-set needs the
 * quorum; a reader who must be sure writes.
 */
final class DurableBackend implements Backend {
  private final JetStreamApi api;
  private final Bucket bucket;
  private final OpenWatches watches;

  DurableBackend(JetStreamApi api, Bucket bucket, OpenWatches watches) {
    this.api = api;
    this.bucket = bucket;
    this.watches = watches;
  }

  @Override
  public String name() {
    return bucket.name();
  }

  @Override
  public Optional<Entry> read(String key) {
    return last(bucket.subject(key));
  }

  @Override
  public Outcome write(Write write) {
    return switch (write.expected()) {
      case Expected.Anything anything -> publish(write, Entry.UNCONDITIONAL);
      case Expected.Version version -> publish(write, version.version());
      case Expected.Absent absent -> writeIfAbsent(write);
    };
  }

  /**
   * In a bucket a deleted key still has a last message, its mark: absent means to replace that one,
   * or none.
   */
  private Outcome writeIfAbsent(Write write) {
    long end = System.nanoTime() + api.timeout().toNanos();
    var outcome = publish(write, 0);
    while (outcome instanceof Outcome.Refused) {
      var now = read(write.key());
      if (now.isPresent() && now.get().writeId().equals(write.id())) {
        return new Outcome.Written(now.get().version());
      }
      if (now.filter(Entry::isLive).isPresent() || System.nanoTime() - end > 0) {
        return outcome;
      }
      outcome = publish(write, now.map(Entry::version).orElse(0L));
    }
    return outcome;
  }

  private Outcome publish(Write write, long replaced) {
    bucket.require();
    try {
      var headers = EntryHeaders.of(write, replaced);
      var answer =
          api.request(bucket.subject(write.key()), headers, write.document().toByteArray());
      return new Outcome.Written(new PublishAck(answer).getSeqno());
    } catch (NobodyListens e) {
      bucket.forget();
      throw ClientErrors.notSent("bucket " + name() + " has no leader now", e);
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isWrongLastSequence(e.getApiErrorCode())) {
        return new Outcome.Refused();
      }
      throw JetStreamCodes.toError("bucket " + name(), e);
    } catch (IOException e) {
      throw ClientErrors.unanswered("bucket " + name() + ": " + e.getMessage(), e);
    }
  }

  /** The last entry whose key has this subject; it may have wildcards. */
  private Optional<Entry> last(String subject) {
    bucket.require();
    try {
      return api.last(bucket.stream(), subject)
          .map(found ->
              EntryHeaders.entry(
                  bucket.key(Objects.requireNonNull(found.getSubject(), "subject")),
                  found.getData(),
                  found.getSeq(),
                  found.getHeaders()));
    } catch (NobodyListens e) {
      throw ClientErrors.notSent("JetStream is not there now", e);
    } catch (JetStreamApiException e) {
      bucket.forget();
      throw JetStreamCodes.toError("bucket " + name(), e);
    }
  }

  /**
   * One pass over the last entry of each key. The replica that serves the pass may be behind, so
   * the leader is asked first how far it must come.
   */
  @Override
  public List<Entry> list(String prefix) {
    var horizon = lastVersion(prefix);
    if (horizon == 0) {
      return List.of();
    }
    Map<String, Entry> byKey = new HashMap<>();
    try (var pass =
        EntryStream.latest(
            api, bucket, bucket.filter(prefix), StreamReader.Pace.burst(api.timeout()))) {
      Entry entry;
      do {
        entry = pass.next();
        byKey.put(entry.key(), entry);
      } while (entry.version() < horizon);
      if (lastVersion(prefix) != horizon) {
        readMissing(prefix, pass, byKey);
      }
    }
    return byKey.values().stream().filter(Entry::isLive).toList();
  }

  private long lastVersion(String prefix) {
    return last(bucket.filter(prefix)).map(Entry::version).orElse(0L);
  }

  /**
   * An entry that somebody replaced before the pass came to it was not there any more, and comes
   * again later. (The server's count of what is left would be the shorter way, but it passes
   * through zero while an entry is being replaced.)
   */
  private void readMissing(String prefix, EntryStream pass, Map<String, Entry> byKey) {
    var missing = bucket.keys(prefix);
    missing.removeAll(byKey.keySet());
    while (!missing.isEmpty()) {
      var entry = pass.next();
      byKey.put(entry.key(), entry);
      missing.remove(entry.key());
    }
  }

  @Override
  public Watch watch(Scope scope, Consumer<Entry> listener) {
    return watches.start(new DurableWatch(api, bucket, bucket.filter(scope), listener));
  }
}
