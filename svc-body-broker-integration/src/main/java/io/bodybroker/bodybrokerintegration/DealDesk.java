package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Patience;
import io.bodybroker.bodybrokerintegration.deal.Progress;
import io.bodybroker.bodybrokerintegration.state.v1.DealEvent;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.LatestValue;
import io.bodybroker.sdk.store.Versioned;
import java.time.Duration;
import java.time.InstantSource;

/** Where deals are accepted, and walked away from. */
final class DealDesk {
  private final Deals deals;
  private final DealRunner runner;
  private final Brokers brokers;
  private final InstantSource time;

  DealDesk(Deals deals, DealRunner runner, Brokers brokers, InstantSource time) {
    this.deals = deals;
    this.runner = runner;
    this.brokers = brokers;
    this.time = time;
  }

  /** Completes a deal, as far as the caller waits. */
  StoredDeal complete(String player, String dealId, CallContext call) {
    var patience = Patience.of(call);
    var deal = deals.require(player, dealId);
    while (deal.value().getState() == DealState.OFFERED) {
      Deals.requireOffered(deal.value(), time.instant());
      brokers.read(player).requireAlive();
      var begun = runner.begin(deal);
      deal = begun.isPresent() ? runner.run(begun.get(), patience) : deals.require(player, dealId);
    }
    var state = deal.value().getState();
    if (state == DealState.VOID || state == DealState.EXPIRED) {
      Deals.requireOffered(deal.value(), time.instant());
    }
    return isOnItsWay(deal.value()) ? awaited(deal, patience) : deal.value();
  }

  private static boolean isOnItsWay(StoredDeal deal) {
    return new Progress(deal).isOnItsWay();
  }

  /** Others are at work on it, or it has to be tried again later: waits for how it ends. */
  private StoredDeal awaited(Versioned<StoredDeal> seen, Patience patience) {
    var latest = new LatestValue<StoredDeal>();
    var deal = seen.value();
    try (var watch = deals.watch(deal.getPlayerId(), deal.getDealId(), latest::set)) {
      deal = deals.require(deal.getPlayerId(), deal.getDealId()).value();
      var left = patience.left();
      while (isOnItsWay(deal) && left.compareTo(Duration.ZERO) > 0) {
        var next = latest.poll(left);
        if (next.isPresent()) {
          deal = next.get();
        }
        left = patience.left();
      }
    } catch (InterruptedException e) {
      // The instance drains: how far the deal is by now is an answer, too.
      Thread.currentThread().interrupt();
    }
    return deal;
  }

  /** Walks away from an offer. */
  StoredDeal walkAway(String player, String dealId) {
    var deal = deals.require(player, dealId);
    while (deal.value().getState() != DealState.VOID) {
      var now = time.instant();
      Deals.requireOffered(deal.value(), now);
      var next =
          new Progress(deal.value())
              .closed(DealState.VOID, "the player walked away", DealEvent.ENDED, now);
      var written = deals.write(deal, next.stored());
      deal = written.isPresent() ? written.get() : deals.require(player, dealId);
    }
    brokers.update(player, broker -> broker.withoutOffer(dealId));
    return deal.value();
  }
}
