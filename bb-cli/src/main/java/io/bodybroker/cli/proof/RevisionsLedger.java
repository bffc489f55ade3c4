package io.bodybroker.cli.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.proof.v1.Page;
import io.bodybroker.proof.v1.PageChanged;
import io.nats.client.Message;
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

  /** The next revision, in the order in which they were committed. */
  void revision(Message message) {
    long revision = message.metaData().streamSequence();
    if (revision != lastRevision + 1) {
      breaches.add(
          "revisions %d to %d were gone before they were counted"
              .formatted(lastRevision + 1, revision - 1));
    }
    lastRevision = revision;
    revisions++;
    withoutEvent.add(expected(message, revision));
  }

  /** The event that it must become. */
  private static PageChanged expected(Message message, long revision) {
    String subject = message.getSubject();
    var event =
        PageChanged.newBuilder()
            .setKey(subject.substring(subject.lastIndexOf('.') + 1))
            .setRevision(revision);
    if (!Witness.header(message, "KV-Operation").isEmpty()) {
      return event.setDeleted(true).build();
    }
    try {
      return event.setNumber(Page.parseFrom(message.getData()).getNumber()).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("revision " + revision + " cannot be read", e);
    }
  }

  /** The next event, in the order in which they were published; after its revision was told. */
  void event(Message message) {
    events++;
    PageChanged found = parse(message);
    PageChanged wanted = withoutEvent.peek();
    if (found.equals(wanted)) {
      withoutEvent.remove();
      return;
    }
    breaches.add(
        "event %d is of revision %d (expected: of %s)"
            .formatted(
                message.metaData().streamSequence(),
                found.getRevision(),
                wanted == null ? "none, each has one" : "revision " + wanted.getRevision()));
    // One that was left out, not all that follow.
    while (wanted != null && wanted.getRevision() <= found.getRevision()) {
      withoutEvent.remove();
      wanted = withoutEvent.peek();
    }
  }

  private static PageChanged parse(Message message) {
    try {
      return PageChanged.parseFrom(message.getData());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event cannot be read", e);
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
