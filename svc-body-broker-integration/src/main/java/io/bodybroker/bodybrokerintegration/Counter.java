package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.state.v1.DealEvent;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferResponse;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;

/** Another round of haggling over a deal on offer. */
final class Counter {
  /** Rounds a deal can have, the first included. */
  static final int MOST_ROUNDS = 4;

  private Counter() {}

  /**
   * The player after another round, with the deal as it leaves it as the last offer.
   *
   * @param offered the deal as it is
   * @throws ServiceException {@code FAILED_PRECONDITION} if there cannot be another round
   */
  static Brokers.Change<CounterOfferResponse> next(
      Broker broker, StoredDeal offered, Haggling haggling, WorldNow now, Instant at) {
    broker.requireAlive();
    Deals.requireOffered(offered, at);
    if (offered.getRounds() >= MOST_ROUNDS) {
      throw Parts.refused(
          "deal \"%s\" has had its %d rounds".formatted(offered.getDealId(), MOST_ROUNDS));
    }
    var family = Profile.of(offered.getFamily());
    var parts =
        Offer.parts(broker, offered.getPartsList().stream().map(DealPart::getPartId).toList());
    parts.forEach(part -> Parts.requireUsable(part, now));
    var held = haggling.with(broker, family, parts, offered.getUsedList(), now);
    var next =
        offered.toBuilder()
            .setPayment(held.payment())
            .setWorth(held.haggle().worth())
            .setPrice(held.haggle().price())
            .setOutcome(held.haggle().outcome())
            .setRounds(offered.getRounds() + 1)
            .addAllUsed(haggling.tactics())
            .setEvent(DealEvent.NEGOTIATED);
    if (!held.haggle().isDeal()) {
      next.setState(DealState.VOID)
          .setReason(walkedAway(held.haggle().outcome()))
          .setClosedAt(ProtoTimes.timestamp(at))
          .setEvent(DealEvent.ENDED);
    }
    var deal = next.build();
    var player =
        held.haggle().isDeal() ? held.broker() : held.broker().withoutOffer(offered.getDealId());
    var after = player.stored().toBuilder().setLastOffer(deal).build();
    var answer =
        CounterOfferResponse.newBuilder()
            .setNegotiation(held.answer())
            .setDeal(Deals.wire(deal, at))
            .build();
    return new Brokers.Change<>(new Broker(after), answer);
  }

  private static String walkedAway(Outcome outcome) {
    return outcome == Outcome.HOSTILE_OUTCOME
        ? "the family took offence"
        : "the family walked away";
  }
}
