package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.CommitLog;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.v1.FeedPosition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes events of each committed revision of a durable store, or entry of a journal, in the order
 * of commits.
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
  private static final Pattern PLACE =
      Pattern.compile("([A-Za-z0-9_-]+):(\\d{1,18})" + FeedPlace.PATTERN + "(?:~(\\d{1,9}))?");
  private static final Place NOTHING = new Place(0, 0, 0);
  private static final Duration LONGEST_LAG = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration NOTE = Duration.ofSeconds(10);

  private final CommitLog<T> revisions;
  private final FeedSpec<T> spec;
  private final Store<FeedPosition> positions;
  private final FeedChain chain;

  /** The last revision whose events were sent, if it has some. */
  private long position;

  /** The revision of which not all events have been published. */
  private Place begun = NOTHING;

  /** How often the store was made anew: what earlier ones have come to says nothing of this one. */
  private long incarnation;

  private long notedNanos;

  /** A revision of an incarnation of the store, and how many of its events have been published. */
  private record Place(long incarnation, long revision, int published) {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::incarnation)
            .thenComparingLong(Place::revision)
            .thenComparingInt(Place::published);

    Place further(Place other) {
      return ORDER.compare(this, other) >= 0 ? this : other;
    }
  }

  ChangeFeed(
      CommitLog<T> revisions, FeedSpec<T> spec, Store<FeedPosition> positions, FeedChain chain) {
    this.revisions = revisions;
    this.spec = spec;
    this.positions = positions;
    this.chain = chain;
  }

  /**
   * A leader that was elected just now may not know of the last revisions yet; to take it for a
   * store that was made anew would publish everything twice.
   */
  private boolean isAheadForGood(long revision) {
    long end = System.nanoTime() + LONGEST_LAG.toNanos();
    while (revision > revisions.lastRevision()) {
      if (System.nanoTime() - end > 0) {
        return true;
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false; // what follows sees it, too
      }
    }
    return false;
  }

  @Override
  public void run() {
    Place place = place();
    incarnation = place.incarnation();
    begun = place.published() == FeedPlace.ALL ? NOTHING : place;
    position = begun.equals(NOTHING) ? place.revision() : place.revision() - 1;
    if (isAheadForGood(position)) {
      LOG.log(
          Level.WARNING,
          "store {0} has been made anew: its feed has come to revision {1}, and begins again",
          revisions.name(),
          position);
      noteNewIncarnation();
      return; // to look again, since others note that, too
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

  /** The furthest of what was noted and what the last events say. */
  private Place place() {
    Place noted =
        positions
            .get(revisions.name())
            .map(Versioned::value)
            .map(note -> new Place(note.getIncarnation(), note.getRevision(), FeedPlace.ALL))
            .orElse(new Place(0, 0, FeedPlace.ALL));
    return chain.look().stream()
        .flatMap(headers -> published(headers).stream())
        .reduce(noted, Place::further);
  }

  private void noteNewIncarnation() {
    var next = FeedPosition.newBuilder().setIncarnation(incarnation + 1).build();
    positions.update(
        revisions.name(),
        old -> old.filter(noted -> noted.getIncarnation() > incarnation).orElse(next));
  }

  /** Empty if it was not published by this feed. */
  private Optional<Place> published(Map<String, String> headers) {
    Matcher place = PLACE.matcher(headers.getOrDefault(REVISION, ""));
    return place.matches() && place.group(1).equals(revisions.name())
        ? Optional.of(
            new Place(
                place.group(4) == null ? 0 : Long.parseLong(place.group(4)),
                Long.parseLong(place.group(2)),
                FeedPlace.published(place.group(3))))
        : Optional.empty();
  }

  private void publish(Change<T> change) {
    List<Message> events = spec.eventsOf(change);
    int first = begun.revision() == change.version() ? begun.published() : 0;
    for (int i = first; i < events.size(); i++) {
      String suffix = incarnation == 0 ? "" : "~" + incarnation;
      String number = change.version() + FeedPlace.idSuffix(i) + suffix;
      String id = EventIds.of(revisions.name(), change.key(), number);
      String sent = change.version() + FeedPlace.text(i, events.size()) + suffix;
      String place = revisions.name() + ":" + sent;
      chain.publish(events.get(i), id, Map.of(REVISION, place));
    }
    position = change.version();
    if (System.nanoTime() - notedNanos > NOTE.toNanos()) {
      notedNanos = System.nanoTime();
      chain.flush();
      note();
    }
  }

  private boolean isFurther(FeedPosition noted) {
    return noted.getIncarnation() == incarnation
        ? noted.getRevision() >= position
        : noted.getIncarnation() > incarnation;
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
              old.filter(this::isFurther)
                  .orElseGet(() ->
                      FeedPosition.newBuilder()
                          .setIncarnation(incarnation)
                          .setRevision(position)
                          .build()));
    } catch (ServiceException e) {
      if (e.code() != ErrorCode.CANCELLED) {
        LOG.log(
            Level.DEBUG, "the position of the feed of " + revisions.name() + " was not noted", e);
      }
    }
  }
}
