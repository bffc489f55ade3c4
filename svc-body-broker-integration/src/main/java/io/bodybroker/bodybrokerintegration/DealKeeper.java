package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Leases;
import io.bodybroker.bodybrokerintegration.deal.Patience;
import io.bodybroker.bodybrokerintegration.deal.Progress;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Sees to it that every deal ends: takes up those that another instance has left or that have to be
 * tried again, lets offers expire, and forgets what ended long ago. Every instance has one; by
 * compare-and-set one of them does each thing.
 *
 * <p>What it knows is when to look at which deal, told by the store's watch; what it does follows
 * from the deal as it is then.
 */
final class DealKeeper implements Runnable {
  static final Duration PAUSE = Duration.ofMillis(200);

  /** How long a deal that has ended is kept. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final Duration LATER = Duration.ofSeconds(2);
  private static final int AT_ONCE = 16;
  private static final Logger LOG = System.getLogger(DealKeeper.class.getName());

  private final Deals deals;
  private final DealRunner runner;
  private final DeliveryStep deliveries;
  private final InstantSource time;
  private final Map<String, Instant> due = new ConcurrentHashMap<>();
  private volatile boolean isFailing;

  DealKeeper(Deals deals, DealRunner runner, DeliveryStep deliveries, InstantSource time) {
    this.deals = deals;
    this.runner = runner;
    this.deliveries = deliveries;
    this.time = time;
  }

  /** Takes note of a change of a deal. */
  void note(Change<StoredDeal> change) {
    switch (change) {
      case Change.Put<StoredDeal> put -> due.put(put.key(), due(put.value()));
      case Change.Deleted<StoredDeal> deleted -> due.remove(deleted.key());
    }
  }

  /** When something has to be done with a deal, if nobody does it before. */
  private static Instant due(StoredDeal deal) {
    if (deal.getState() == DealState.OFFERED) {
      return ProtoTimes.instant(deal.getExpiresAt());
    }
    return new Progress(deal).isOnItsWay() ? Leases.freeFrom(deal) : forgettable(deal);
  }

  private static Instant forgettable(StoredDeal deal) {
    return ProtoTimes.instant(deal.getClosedAt()).plus(KEPT);
  }

  /** Sees to all deals that are due, some at once. */
  @Override
  public void run() {
    var now = time.instant();
    List<String> keys =
        due.entrySet().stream()
            .filter(entry -> !now.isBefore(entry.getValue()))
            .sorted(Map.Entry.comparingByValue())
            .limit(AT_ONCE)
            .map(Map.Entry::getKey)
            .toList();
    if (keys.isEmpty()) {
      return;
    }
    var failed = new ConcurrentHashMap<String, ServiceException>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      keys.forEach(key -> threads.execute(() -> see(key, failed)));
    }
    tell(failed);
  }

  private void see(String key, Map<String, ServiceException> failed) {
    try {
      deals.find(key).ifPresent(this::see);
    } catch (ServiceException e) {
      failed.put(key, e);
      // Others first, before it is looked at again.
      due.computeIfPresent(key, (same, when) -> time.instant().plus(LATER));
    }
  }

  private void see(Versioned<StoredDeal> deal) {
    var value = deal.value();
    var now = time.instant();
    if (Deals.isExpired(value, now)) {
      deals.write(deal, Deals.expired(value));
    } else if (new Progress(value).isOnItsWay()) {
      runner.takeUp(deal).ifPresent(taken -> runner.run(taken, Patience.ENDLESS));
    } else if (value.hasClosedAt() && !now.isBefore(forgettable(value))) {
      forget(deal);
    }
  }

  /** The goods go first: a deal that is forgotten could not tell of them. */
  private void forget(Versioned<StoredDeal> deal) {
    if (deal.value().getState() == DealState.COMPLETED) {
      deliveries.undo(deal.value(), Patience.ENDLESS.forStep());
    }
    deals.forget(deal);
  }

  /** Says when failing begins and when it ends, not five times a second in between. */
  private void tell(Map<String, ServiceException> failed) {
    if (!failed.isEmpty() && !isFailing) {
      var first = failed.entrySet().iterator().next();
      LOG.log(
          Level.WARNING,
          "{0} deals cannot be seen to for now, such as {1}: {2}",
          failed.size(),
          first.getKey(),
          first.getValue().message());
    } else if (failed.isEmpty() && isFailing) {
      LOG.log(Level.INFO, "deals are seen to again");
    }
    isFailing = !failed.isEmpty();
  }
}
