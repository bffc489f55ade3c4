package io.bodybroker.cli;

import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.QueuedLetter;
import io.bodybroker.sdk.error.ErrorCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many dead letters have the same cause, as far as one can tell without reading each. */
final class DeadLetterGroups {
  private final Map<Key, Group> groups = new HashMap<>();
  private long letters;

  /** What those of a group have in common. */
  record Key(String service, String work, ErrorCode code) {}

  /** A group. */
  record Group(Key key, long letters, Instant oldest, Instant newest) {
    private Group with(Instant at) {
      return new Group(
          key, letters + 1, at.isBefore(oldest) ? at : oldest, at.isAfter(newest) ? at : newest);
    }
  }

  void add(QueuedLetter queued) {
    DeadLetter letter = queued.letter();
    var key = new Key(letter.service(), DeadLetterPrinter.work(letter.origin()), letter.code());
    letters++;
    groups.put(
        key,
        groups
            .computeIfAbsent(key, one -> new Group(one, 0, letter.at(), letter.at()))
            .with(letter.at()));
  }

  long letters() {
    return letters;
  }

  /** The largest first. */
  List<Group> largestFirst() {
    return groups.values().stream()
        .sorted(
            Comparator.comparingLong(Group::letters)
                .reversed()
                .thenComparing(group -> group.key().toString()))
        .toList();
  }
}
