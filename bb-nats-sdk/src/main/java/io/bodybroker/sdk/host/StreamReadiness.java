package io.bodybroker.sdk.host;

import io.bodybroker.sdk.deadletter.DeadLetterStreams;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether the streams that a host works with are what is declared: those it cannot do without from
 * the start, and others from when it has first published to them. Thread-safe.
 */
final class StreamReadiness {
  private final Streams streams;
  private final List<StreamSpec> needed;

  StreamReadiness(Streams streams, Collection<StreamSpec> needed) {
    this.streams = streams;
    this.needed = List.copyOf(needed);
  }

  /** Looks where it is needed; to be called again and again. */
  void tend() {
    streams.tend(needed);
  }

  boolean holds() {
    return problems().isEmpty();
  }

  String reason() {
    return String.join("; ", problems());
  }

  /** A host without consumers can do without the dead-letter queue, of which it puts in a few. */
  private List<String> problems() {
    var found = new ArrayList<String>();
    streams
        .problems()
        .forEach((name, why) -> {
          if (!name.equals(DeadLetterStreams.QUEUE.name())
              || needed.contains(DeadLetterStreams.QUEUE)) {
            found.add(why);
          }
        });
    for (StreamSpec stream : needed) {
      if (!streams.isSettled(stream) && !streams.problems().containsKey(stream.name())) {
        found.add("stream " + stream.name() + " was not looked at yet");
      }
    }
    return found;
  }
}
