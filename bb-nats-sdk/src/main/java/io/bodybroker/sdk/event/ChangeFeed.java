package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.RevisionLog;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.v1.FeedPosition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;

/**
 * Makes one event of each committed revision of a durable store, in the order of commits.
 *
 * <p>The events themselves say how far it has come: each has the revision it stands for, and is
 * published only if the last event of its subject is the one this feed knows of ({@code
 * Nats-Expected-Last-Subject-Sequence}). So every instance may run the feed: whoever publishes a
 * revision first has it, the others are refused, look how far it has come, and stand by. No event
 * is left out or published twice, whoever dies when, and however long it takes until the next one
 * goes on. {@link FeedChain} is how. Beside that the position is written down now and then, for
 * when the last events have grown too old to be kept.
 *
 * <p>To be run again and again by one thread; returns when another instance is ahead.
 *
 * @param <T> the document
 */
final class ChangeFeed<T extends Message> implements Runnable {
  private static final Logger LOG = System.getLogger(ChangeFeed.class.getName());
  private static final String REVISION = "Bb-Feed-Revision";
  private static final Duration NOTE = Duration.ofSeconds(10);

  private final RevisionLog<T> revisions;
  private final FeedSpec<T> spec;
  private final Store<FeedPosition> positions;
  private final FeedChain chain;

  /** The last revision whose event was sent, if it has one. */
  private long position;

  private long notedNanos;

  ChangeFeed(
      RevisionLog<T> revisions, FeedSpec<T> spec, Store<FeedPosition> positions, FeedChain chain) {
    this.revisions = revisions;
    this.spec = spec;
    this.positions = positions;
    this.chain = chain;
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
      revisions.follow(position, this::publish, chain::flush);
    } catch (ServiceException e) {
      switch (e.code()) {
        case ABORTED -> LOG.log(Level.DEBUG, "another instance feeds {0}", revisions.name());
        case CANCELLED -> {
          Thread.interrupted(); // so that the note can be written; the host has what it wanted
          noteAtEnd();
          Thread.currentThread().interrupt();
        }
        default -> throw e;
      }
    }
  }

  private long notedPosition() {
    return positions.get(revisions.name()).map(noted -> noted.value().getRevision()).orElse(0L);
  }

  private long publishedPosition() {
    return chain.look().stream().mapToLong(this::revision).max().orElse(0);
  }

  /** 0 if it was not published by this feed. */
  private long revision(Map<String, String> headers) {
    String text = headers.getOrDefault(REVISION, "");
    String mine = revisions.name() + ":";
    return text.startsWith(mine) ? Long.parseLong(text.substring(mine.length())) : 0;
  }

  private void publish(Change<T> change) {
    spec.mapping()
        .apply(change)
        .ifPresent(event -> chain.publish(event, id(change), headers(change)));
    position = change.version();
    if (System.nanoTime() - notedNanos > NOTE.toNanos()) {
      notedNanos = System.nanoTime();
      chain.flush();
      note();
    }
  }

  private Map<String, String> headers(Change<T> change) {
    return Map.of(REVISION, revisions.name() + ":" + change.version());
  }

  private String id(Change<T> change) {
    return EventIds.of(revisions.name(), change.key(), Long.toString(change.version()));
  }

  private void noteAtEnd() {
    try {
      chain.flush();
      note();
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "the last events of " + revisions.name() + " were not taken", e);
    }
  }

  /** Only to be called when all that was sent is taken. */
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
