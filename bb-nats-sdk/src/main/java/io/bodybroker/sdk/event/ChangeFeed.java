package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.RevisionLog;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.v1.FeedPosition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one event of each committed revision of a durable store, in the order of commits.
 *
 * <p>The events themselves say how far it has come: each has the revision it stands for, and is
 * published only if the last event of its subject is the one this feed knows of ({@code
 * Nats-Expected-Last-Subject-Sequence}). So every instance may run the feed: whoever publishes a
 * revision first has it, the others are refused, look how far it has come, and stand by. No event
 * is left out or published twice, whoever dies when, and however long it takes until the next one
 * goes on. Beside that the position is written down now and then, for when the last events have
 * grown too old to be kept.
 *
 * <p>To be run again and again by one thread; returns when another instance is ahead.
 *
 * @param <T> the document
 */
final class ChangeFeed<T extends Message> implements Runnable {
  private static final Logger LOG = System.getLogger(ChangeFeed.class.getName());
  private static final String REVISION = "Bb-Feed-Revision";
  private static final String EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";
  private static final Duration NOTE = Duration.ofSeconds(10);

  private final RevisionLog<T> revisions;
  private final FeedSpec<T> spec;
  private final Store<FeedPosition> positions;
  private final StreamPublisher publisher;
  private final List<Target> targets = new ArrayList<>();
  private final Map<String, Long> lastSequences = new HashMap<>();
  private long position;
  private long notedNanos;

  private record Target(String subject, StreamSpec stream) {}

  ChangeFeed(
      RevisionLog<T> revisions,
      FeedSpec<T> spec,
      Store<FeedPosition> positions,
      StreamPublisher publisher,
      EventSubjects subjects) {
    this.revisions = revisions;
    this.spec = spec;
    this.positions = positions;
    this.publisher = publisher;
    for (Message event : spec.events()) {
      String subject = subjects.of(event.getDescriptorForType());
      targets.add(new Target(subject, publisher.streams().catalog().require(subject)));
    }
  }

  @Override
  public void run() {
    position = Math.max(notedPosition(), publishedPosition());
    if (position > revisions.lastRevision()) {
      LOG.log(
          Level.WARNING,
          "store {0} has been made anew: its feed has come to revision {1}, and begins again",
          revisions.name(),
          position);
      position = 0;
    }
    notedNanos = System.nanoTime();
    try {
      revisions.follow(position, this::publish);
    } catch (ServiceException e) {
      switch (e.code()) {
        case ABORTED -> LOG.log(Level.DEBUG, "another instance feeds {0}", revisions.name());
        case CANCELLED -> {
          Thread.interrupted(); // so that the note can be written; the host has what it wanted
          note();
          Thread.currentThread().interrupt();
        }
        default -> throw e;
      }
    }
  }

  private long notedPosition() {
    return positions.get(revisions.name()).map(noted -> noted.value().getRevision()).orElse(0L);
  }

  /** How far the events have come; notes on the way which one is the last of each subject. */
  private long publishedPosition() {
    long furthest = 0;
    for (Target target : targets) {
      Optional<StreamPublisher.Stored> last = publisher.last(target.stream(), target.subject());
      lastSequences.put(target.subject(), last.map(StreamPublisher.Stored::sequence).orElse(0L));
      furthest = Math.max(furthest, last.map(this::revision).orElse(0L));
    }
    return furthest;
  }

  /** 0 if it was not published by this feed. */
  private long revision(StreamPublisher.Stored event) {
    String text = event.headers().getOrDefault(REVISION, "");
    String mine = revisions.name() + ":";
    return text.startsWith(mine) ? Long.parseLong(text.substring(mine.length())) : 0;
  }

  private void publish(Change<T> change) {
    Optional<? extends Message> event = spec.mapping().apply(change);
    event.ifPresent(message -> publish(change, message));
    position = change.version();
    if (System.nanoTime() - notedNanos > NOTE.toNanos()) {
      notedNanos = System.nanoTime();
      note();
    }
  }

  private void publish(Change<T> change, Message event) {
    Target target = target(event);
    var headers = new LinkedHashMap<String, String>();
    headers.put(REVISION, revisions.name() + ":" + change.version());
    headers.put(EXPECTED_LAST, lastSequences.getOrDefault(target.subject(), 0L).toString());
    long sequence =
        publisher.publish(
            new StreamPublisher.Outgoing(
                target.stream(), target.subject(), id(change), headers, event.toByteString()));
    lastSequences.put(target.subject(), sequence);
  }

  private Target target(Message event) {
    for (int i = 0; i < targets.size(); i++) {
      if (spec.events().get(i).getDescriptorForType().equals(event.getDescriptorForType())) {
        return targets.get(i);
      }
    }
    throw new IllegalArgumentException(
        "the feed of %s made a %s (expected: one of the types it was declared with)"
            .formatted(revisions.name(), event.getDescriptorForType().getFullName()));
  }

  /** Keys may hold what ids may not; the revision alone names it, and the key is for people. */
  private String id(Change<T> change) {
    String key = change.key().replaceAll("[^\\x21-\\x7e]", "?");
    String cut = key.length() > 120 ? key.substring(0, 120) : key;
    return revisions.name() + ":" + cut + ":" + change.version();
  }

  private void note() {
    try {
      positions.update(
          revisions.name(),
          old ->
              old.filter(noted -> noted.getRevision() >= position)
                  .orElseGet(() -> FeedPosition.newBuilder().setRevision(position).build()));
    } catch (ServiceException e) {
      if (e.code() != ErrorCode.CANCELLED) {
        LOG.log(
            Level.DEBUG, "the position of the feed of " + revisions.name() + " was not noted", e);
      }
    }
  }
}
