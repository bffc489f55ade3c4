package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferRequest;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferResponse;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where players and families haggle.
 *
 * <p>A round changes two documents, the player's and the deal's. The player's is written first and
 * has the whole offer in it; the deal is stored from there, by whoever comes by next if the
 * instance dies in between. So no round is lost and none is held twice.
 */
final class DealTable {
  private static final int TRIES = 10;

  private final Store<StoredBroker> store;
  private final Deals deals;
  private final Worlds worlds;
  private final InstantSource time;

  DealTable(Store<StoredBroker> store, Deals deals, Worlds worlds, InstantSource time) {
    this.store = store;
    this.deals = deals;
    this.worlds = worlds;
    this.time = time;
  }

  NegotiateResponse negotiate(NegotiateRequest request, IdempotentCall call) {
    var haggling = Haggling.of(request);
    return offer(
        request.getPlayerId(),
        call,
        NegotiateResponse.getDefaultInstance(),
        broker -> {
          var parts = Offer.parts(broker, request.getPartIdsList());
          var now = worlds.now(parts.getFirst().getWorldId());
          return Offer.first(broker, request, haggling, now, time.instant());
        });
  }

  CounterOfferResponse counter(CounterOfferRequest request, IdempotentCall call) {
    var haggling = Haggling.of(request);
    var answer =
        offer(
            request.getPlayerId(),
            call,
            CounterOfferResponse.getDefaultInstance(),
            broker -> {
              var deal = deals.require(request.getPlayerId(), request.getDealId()).value();
              var now = worlds.now(deal.getWorldId());
              return Counter.next(broker, deal, haggling, now, time.instant());
            });
    requireStored(answer, request);
    return answer;
  }

  /** The player may have accepted the round before on another instance meanwhile. */
  private void requireStored(CounterOfferResponse answer, CounterOfferRequest request) {
    var deal = deals.require(request.getPlayerId(), request.getDealId()).value();
    if (deal.getRounds() < answer.getDeal().getRounds()) {
      Deals.requireOffered(deal, time.instant());
    }
  }

  private <R extends Message> R offer(
      String player, IdempotentCall call, R type, Function<Broker, Brokers.Change<R>> round) {
    for (int i = 0; i < TRIES; i++) {
      var current = store.get(player);
      var before = Broker.of(player, current.map(Versioned::value)).withoutEvent();
      deals.store(before.stored().getLastOffer(), time.instant());
      var outcome = Brokers.decide(before, call, type, round);
      if (outcome.broker().equals(before)) {
        return outcome.answer();
      }
      var after = outcome.broker().stored();
      if (isWritten(player, current, after)) {
        storeNew(before.stored().getLastOffer(), after.getLastOffer());
        return outcome.answer();
      }
    }
    throw ServiceException.of(
        ErrorCode.ABORTED, "player \"" + player + "\" was changed by others all the time");
  }

  private void storeNew(StoredDeal before, StoredDeal after) {
    if (!after.equals(before)) {
      deals.store(after, time.instant());
    }
  }

  private boolean isWritten(
      String player, Optional<Versioned<StoredBroker>> current, StoredBroker next) {
    try {
      if (current.isEmpty()) {
        store.create(player, next);
      } else {
        store.compareAndSet(player, next, current.get().version());
      }
      return true;
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.ABORTED || e.code() == ErrorCode.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }
}
