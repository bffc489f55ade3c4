package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferRequest;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferResponse;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateResponse;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Where players and families haggle.
 *
 * <p>A round changes two documents, the player's and the deal's. The player's is written first and
 * has the whole offer in it; the deal is stored from there, by whoever comes by next if the
 * instance dies in between. So no round is lost and none is held twice.
 */
final class DealTable {
  private final Brokers brokers;
  private final Deals deals;
  private final Worlds worlds;
  private final InstantSource time;

  DealTable(Brokers brokers, Deals deals, Worlds worlds, InstantSource time) {
    this.brokers = brokers;
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

  /** Holds a round. The offer before is stored before another takes its place in the document. */
  private <R extends Message> R offer(
      String player, IdempotentCall call, R type, Function<Broker, Brokers.Change<R>> round) {
    var answer =
        brokers.once(
            player,
            call,
            type,
            broker -> {
              deals.store(broker.stored().getLastOffer(), time.instant());
              return round.apply(broker);
            });
    // Its own, or that of who came after it and has stored its own.
    deals.store(brokers.read(player).stored().getLastOffer(), time.instant());
    return answer;
  }
}
