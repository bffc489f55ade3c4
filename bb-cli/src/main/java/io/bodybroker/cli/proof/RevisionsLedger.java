package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.PageChanged;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The revisions of a store against the events that were made of them, both as they are read from
 * their streams: each event must be that of the next revision that has none. For one thread.
 */
final class RevisionsLedger {
  private final Deque<PageChanged> withoutEvent = new ArrayDeque<>();
  private final List<String> breaches = new ArrayList<>();
  private long revisions;
  private long lastRevision;
  private long events;

  /**
   * The next revision, in the order in which they were committed.
   *
   * @param expected the event that it must become
   */
  void revision(PageChanged expected) {
    long revision = expected.getRevision();
    if (revision != lastRevision + 1) {
      breaches.add(
          "revisions %d to %d were gone before they were counted"
              .formatted(lastRevision + 1, revision - 1));
    }
    lastRevision = revision;
    revisions++;
    withoutEvent.add(expected);
  }

  /** The next event, in the order in which they were published; after its revision was told. */
  void event(PageChanged found) {
    events++;
    PageChanged wanted = withoutEvent.peek();
    if (found.equals(wanted)) {
      withoutEvent.remove();
      return;
    }
    breaches.add(
        "event %d is of revision %d (expected: %s)"
            .formatted(
                events,
                found.getRevision(),
                wanted == null
                    ? "none, each has one"
                    : "that of revision " + wanted.getRevision()));
    // One that was left out, not all that follow.
    while (wanted != null && wanted.getRevision() <= found.getRevision()) {
      withoutEvent.remove();
      wanted = withoutEvent.peek();
    }
  }

  /** Whether each revision up to this one has its event. */
  boolean hasEventsUpTo(long revision) {
    PageChanged first = withoutEvent.peek();
    return first == null || first.getRevision() > revision;
  }

  long revisions() {
    return revisions;
  }

  long lastRevision() {
    return lastRevision;
  }

  long events() {
    return events;
  }

  List<String> breaches() {
    return breaches;
  }
}
