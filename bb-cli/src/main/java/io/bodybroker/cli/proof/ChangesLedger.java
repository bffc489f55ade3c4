package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.Page;
import io.bodybroker.proof.v1.PageChanged;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The events of a store that keeps no revisions but the last, against what it holds. Each process
 * numbers what it puts, one after the other, so an event that is left out is a gap in its numbers.
 * For one thread.
 */
final class ChangesLedger {
  /** What a store holds under a key. */
  record Held(long version, Optional<Page> page) {}

  private final Map<String, Map<Long, PageChanged>> byKey = new TreeMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private final Map<Long, BitSet> byRun = new TreeMap<>();
  private final List<String> breaches = new ArrayList<>();
  private long events;

  /** The next event, in the order in which they were published. */
  void event(PageChanged event) {
    events++;
    String key = event.getKey();
    long before = last.getOrDefault(key, 0L);
    if (event.getRevision() <= before) {
      breaches.add(
          "event of %s version %d after that of version %d"
              .formatted(key, event.getRevision(), before));
    }
    last.put(key, Math.max(before, event.getRevision()));
    byKey.computeIfAbsent(key, unseen -> new HashMap<>()).put(event.getRevision(), event);
    if (!event.getDeleted()) {
      count(event.getNumber());
    }
  }

  private void count(long number) {
    BitSet seen =
        byRun.computeIfAbsent(number / RevisingProgram.MOST_OF_A_RUN, run -> new BitSet());
    int place = (int) (number % RevisingProgram.MOST_OF_A_RUN);
    if (seen.get(place)) {
      breaches.add("number " + number + " twice");
    }
    seen.set(place);
  }

  /** Whether the change that made this has its event, and says the same. */
  boolean hasEventOf(String key, Held held) {
    PageChanged event = byKey.getOrDefault(key, Map.of()).get(held.version());
    if (event == null) {
      return false;
    }
    boolean isSame =
        event.getDeleted() == held.page().isEmpty()
            && event.getNumber() == held.page().map(Page::getNumber).orElse(0L);
    if (!isSame) {
      breaches.add("%s version %d is %s, its event %s".formatted(key, held.version(), held, event));
    }
    return isSame;
  }

  /** To be called when each change has its event: whether one was left out. */
  void compare(Map<String, Held> held) {
    byRun.forEach((run, seen) -> {
      int gap = seen.nextClearBit(1);
      if (gap < seen.length()) {
        breaches.add("number %d of run %d has no event".formatted(gap, run));
      }
    });
    last.forEach((key, version) -> {
      Held now = held.get(key);
      boolean isLast = now == null ? isDeletion(key, version) : now.version() == version;
      if (!isLast) {
        breaches.add(
            "%s is %s (expected: version %d, of its last event)".formatted(key, now, version));
      }
    });
  }

  private boolean isDeletion(String key, long version) {
    PageChanged event = byKey.getOrDefault(key, Map.of()).get(version);
    return event != null && event.getDeleted();
  }

  long events() {
    return events;
  }

  List<String> breaches() {
    return breaches;
  }
}
