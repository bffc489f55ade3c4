package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.deadletter.DeadLetterStreams;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * In which order the streams of a system in use are saved: what causes before what it causes. Then
 * whatever happens between two of them is done again after a restore, where it is recognised as a
 * repeat, and is never missing.
 */
final class SaveOrder {
  /** In which feeds note how far they have come, which must not be further than their events. */
  private static final String FEEDS = "KV_feeds";

  private static final String BUCKET = "KV_";
  private static final String JOURNAL = "JOURNAL_";

  private SaveOrder() {}

  static List<String> of(Collection<String> streams) {
    return streams.stream()
        .sorted(Comparator.comparingInt(SaveOrder::rank).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static int rank(String stream) {
    if (stream.equals(FEEDS)) {
      return 0;
    }
    // A letter is put into the queue before its advisory, or its event, is acknowledged.
    if (stream.equals(DeadLetterStreams.ADVISORIES.name())) {
      return 2;
    }
    if (stream.equals(DeadLetterStreams.QUEUE.name())) {
      return 3;
    }
    // Effects are in them before an event is acknowledged; a feed makes up for newer changes.
    return stream.startsWith(BUCKET) || stream.startsWith(JOURNAL) ? 4 : 1;
  }
}
