package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.store.Outbox;
import io.bodybroker.sdk.store.Outbox.Pending;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes events of each change in the outbox of a fast store, and removes it from there.
 *
 * <p>It publishes what waits in one partition, then removes that, then goes on to the next; and
 * each event says which changes, from the first to its own, were published and not yet removed when
 * it was. {@link FeedChain} lets nobody publish who does not know the last event of its subject. So
 * a relay that takes over, whatever became of the one before, reads in the last events which
 * changes have been published, removes them, and goes on behind them: none is left out, none
 * published twice, and the order of a partition is kept, however late it is.
 *
 * <p>The lease is no part of that: it keeps the relays of other instances from working in vain.
 *
 * <p>To be run again and again by one thread; returns when another instance has the lease.
 *
 * @param <T> the document
 */
final class OutboxRelay<T extends Message> implements Runnable {
  private static final Logger LOG = System.getLogger(OutboxRelay.class.getName());
  private static final Metric PENDING =
      Metric.gauge(
          "outbox_pending_changes",
          "Changes of a fast store that wait to be published, told by the instance that publishes them",
          "store");
  private static final Metric AGE =
      Metric.gauge(
          "outbox_oldest_change_seconds",
          "How long the oldest of them has waited, told by the same instance",
          "store");
  private static final String PLACE = "Bb-Outbox-Place";
  private static final Pattern PLACES =
      Pattern.compile(
          "([A-Za-z0-9_-]+):(\\d{1,4}):(\\d{1,20}-\\d{1,20}):(\\d{1,20}-\\d{1,20})"
              + FeedPlace.PATTERN);
  private static final int BATCH = 128;
  private static final Duration TERM = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final Outbox<T> outbox;
  private final FeedSpec<T> spec;
  private final FeedChain chain;
  private final InstantSource time;
  private final String owner;

  /** Changes of which not all events have been published, and how many have. */
  private final Map<String, Integer> begun = new HashMap<>();

  private boolean hasCaughtUp;
  private volatile long waiting;

  /** When the oldest change that waits was made; 0 if none waits. */
  private volatile long oldestMillis;

  /**
   * @param owner names this relay as no other is
   */
  OutboxRelay(
      Outbox<T> outbox,
      FeedSpec<T> spec,
      FeedChain chain,
      Metrics metrics,
      InstantSource time,
      String owner) {
    this.outbox = outbox;
    this.spec = spec;
    this.chain = chain;
    this.time = time;
    this.owner = owner;
    metrics.observe(PENDING, () -> waiting, outbox.name());
    metrics.observe(AGE, this::age, outbox.name());
  }

  private double age() {
    long oldest = oldestMillis;
    return oldest == 0 ? 0 : Math.max(0, time.millis() - oldest) / 1000.0;
  }

  @Override
  public void run() {
    try {
      relay();
    } catch (ServiceException e) {
      switch (e.code()) {
        case ABORTED -> LOG.log(Level.DEBUG, "another instance relays {0}", outbox.name());
        case CANCELLED -> Thread.currentThread().interrupt();
        default -> throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hasCaughtUp = false;
      if (Thread.currentThread().isInterrupted()) {
        release();
      }
    }
  }

  private void relay() throws InterruptedException {
    var pause = SHORTEST_PAUSE;
    while (outbox.lease(owner, TERM)) {
      boolean found = publishPending();
      pause = found ? SHORTEST_PAUSE : longer(pause);
      Thread.sleep(pause);
    }
    tell(List.of());
  }

  private static Duration longer(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Whether there was something. */
  private boolean publishPending() {
    List<List<Pending<T>>> partitions = outbox.pending(BATCH);
    tell(partitions);
    if (partitions.isEmpty()) {
      return false;
    }
    if (!hasCaughtUp) {
      begun.clear();
      chain.look().forEach(this::removePublished);
      hasCaughtUp = true;
      partitions = outbox.pending(BATCH); // without those
    }
    partitions.forEach(this::publish);
    return true;
  }

  /** Removes what the last event of a subject says is published, before it is the last no more. */
  private void removePublished(Map<String, String> headers) {
    Matcher place = PLACES.matcher(headers.getOrDefault(PLACE, ""));
    if (place.matches() && place.group(1).equals(outbox.name())) {
      int partition = Integer.parseInt(place.group(2));
      String last = place.group(4);
      int published = FeedPlace.published(place.group(5));
      var covered = new ArrayList<>(outbox.between(partition, place.group(3), last));
      if (published != FeedPlace.ALL) {
        covered.removeIf(pending -> pending.id().equals(last));
        begun.merge(partition + "-" + last, published, Math::max);
      }
      outbox.remove(covered);
    }
  }

  private void publish(List<Pending<T>> changes) {
    String first = changes.getFirst().id();
    for (Pending<T> pending : changes) {
      publish(first, pending);
    }
    chain.flush();
    outbox.remove(changes);
  }

  private void publish(String first, Pending<T> pending) {
    List<Message> events = spec.eventsOf(pending.change());
    String name = pending.partition() + "-" + pending.id();
    for (int i = begun.getOrDefault(name, 0); i < events.size(); i++) {
      String place =
          "%s:%d:%s:%s%s"
              .formatted(
                  outbox.name(),
                  pending.partition(),
                  first,
                  pending.id(),
                  FeedPlace.text(i, events.size()));
      String id = EventIds.of(outbox.name(), pending.change().key(), name + FeedPlace.idSuffix(i));
      chain.publish(events.get(i), id, Map.of(PLACE, place));
    }
  }

  private void tell(List<List<Pending<T>>> partitions) {
    boolean isAll = partitions.stream().allMatch(changes -> changes.size() < BATCH);
    waiting = isAll ? partitions.stream().mapToLong(List::size).sum() : outbox.size();
    oldestMillis =
        partitions.stream().mapToLong(changes -> millis(changes.getFirst())).min().orElse(0);
  }

  /** A place begins with the time, as Redis has it. */
  private long millis(Pending<T> pending) {
    return Long.parseLong(pending.id().substring(0, pending.id().indexOf('-')));
  }

  /** So that another instance need not wait until the term is over. */
  private void release() {
    Thread.interrupted(); // or Redis could not be told
    try {
      outbox.release(owner);
    } catch (ServiceException e) {
      LOG.log(
          Level.DEBUG, "the lease of the outbox of " + outbox.name() + " runs out by itself", e);
    } finally {
      Thread.currentThread().interrupt();
    }
  }
}
