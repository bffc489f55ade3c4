package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.book.Knowledge;
import io.bodybroker.bodybrokerintegration.death.Debt;
import io.bodybroker.bodybrokerintegration.family.Goods;
import io.bodybroker.bodybrokerintegration.family.Ladder;
import io.bodybroker.bodybrokerintegration.family.Regard;
import io.bodybroker.bodybrokerintegration.haggle.Outcomes;
import io.bodybroker.bodybrokerintegration.harvest.Grades;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.state.v1.StoredEnd;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPage;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPart;
import io.bodybroker.bodybrokerintegration.v1.BookSubject;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.FamilyUnlocked;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a deal does to the player who makes it. Each can be done again without a second effect, and
 * once the deal has ended for the player, nothing is done for it any more.
 *
 * @param deal the deal
 */
record Settlement(StoredDeal deal) {
  private static final int MOST = 100;

  /** Far longer than a call of an instance that was thought dead can come late. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  /**
   * Sets the parts aside.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION} if one is not there, not free or decayed
   */
  Broker reserve(Broker broker, WorldNow now) {
    if (hasEnded(broker)) {
      throw Parts.refused("deal \"%s\" has ended".formatted(deal.getDealId()));
    }
    for (DealPart part : deal.getPartsList()) {
      var held =
          broker
              .part(part.getPartId())
              .orElseThrow(() -> Parts.refused("part \"%s\" is gone".formatted(part.getPartId())));
      if (!isMine(held)) {
        Parts.requireUsable(held, now);
      }
    }
    var named = partIds();
    return broker.withParts(part ->
        Optional.of(
            named.contains(Parts.id(part))
                ? part.toBuilder().setDealId(deal.getDealId()).build()
                : part));
  }

  /** Sets free what was set aside, if any was; nothing is set aside for the deal any more. */
  Broker release(Broker broker, Instant at) {
    if (hasEnded(broker)) {
      return broker;
    }
    return ended(
        broker.withParts(
            part -> Optional.of(isMine(part) ? part.toBuilder().clearDealId().build() : part)),
        at);
  }

  /** Closes the books: the parts are gone, and the family remembers. */
  Broker settle(Broker broker, Instant at) {
    if (hasEnded(broker)) {
      return broker;
    }
    var sold = broker.withParts(part -> Optional.of(part).filter(kept -> !isMine(kept)));
    return ended(progressed(remembered(sold), at), at);
  }

  /** What the family, the book and the veil make of it. */
  private Broker remembered(Broker broker) {
    var drug = broker.page(BookSubject.DRUG, deal.getPayment().getDrug().name());
    var client = broker.page(BookSubject.CLIENT, deal.getFamily().name());
    var known =
        broker
            .with(drug.toBuilder().setEncounters(drug.getEncounters() + 1).build())
            .with(knowing(client));
    return deal.getPrice() >= Debt.MAJOR_DEAL ? known.with(known.debt().cleared()) : known;
  }

  private StoredPage knowing(StoredPage client) {
    var next =
        client.toBuilder()
            .setEncounters(client.getEncounters() + 1)
            .setSatisfaction(Math.clamp(client.getSatisfaction() + pleasure(), 0, MOST));
    if (Outcomes.isInsightful(deal.getOutcome())) {
      next.setSecrets(Math.min(Knowledge.SECRETS, client.getSecrets() + 1));
    }
    if (deal.getWorth() > 0) {
      var market = client.getMarketList();
      int most = Knowledge.MARKET_HISTORY - 1;
      next.clearMarket()
          .addAllMarket(market.subList(Math.max(0, market.size() - most), market.size()))
          .addMarket(Parts.rounded((double) deal.getPrice() / deal.getWorth()));
    }
    return next.build();
  }

  /** Ten points for pristine goods, none for good ones, less for worse: the mean over the parts. */
  private long pleasure() {
    return Math.round(
        goods().stream()
            .mapToDouble(part -> 10 * (Grades.multiplier(part.grade()) - 1))
            .average()
            .orElse(0));
  }

  private Broker progressed(Broker broker, Instant at) {
    var rung = Ladder.of(deal.getFamily());
    var family = broker.family(deal.getFamily());
    long progress =
        Math.min(
            rung.needed(),
            family.getProgress() + Ladder.progress(deal.getFamily(), goods(), deal.getOutcome()));
    var after =
        broker.with(
            family.toBuilder()
                .setDeals(family.getDeals() + 1)
                .setProgress(progress)
                .setRelationship(
                    Regard.after(family.getRelationship(), Outcomes.gratitude(deal.getOutcome())))
                .build());
    return progress < rung.needed()
        ? after
        : rung.unlocks().map(next -> unlocked(after, next, at)).orElse(after);
  }

  private Broker unlocked(Broker broker, Family next, Instant at) {
    var family = broker.family(next);
    if (family.getUnlocked()) {
      return broker;
    }
    var opened = broker.with(family.toBuilder().setUnlocked(true).build());
    var event =
        FamilyUnlocked.newBuilder()
            .setPlayerId(broker.player())
            .setFamily(next)
            .setBy(deal.getFamily())
            .setDealId(deal.getDealId())
            .setUnlockedAt(ProtoTimes.timestamp(at));
    return new Broker(opened.stored().toBuilder().setUnlocked(event).build());
  }

  private List<Goods> goods() {
    return deal.getPartsList().stream()
        .map(part ->
            new Goods(part.getType(), part.getGrade(), part.getFreshness(), part.getTraitsList()))
        .toList();
  }

  private boolean isMine(StoredPart part) {
    return part.getDealId().equals(deal.getDealId());
  }

  private Set<String> partIds() {
    return deal.getPartsList().stream().map(DealPart::getPartId).collect(Collectors.toSet());
  }

  private boolean hasEnded(Broker broker) {
    return broker.stored().getEndedDealsList().stream()
        .anyMatch(ended -> ended.getDealId().equals(deal.getDealId()));
  }

  private Broker ended(Broker broker, Instant at) {
    var latest =
        broker.stored().getEndedDealsList().stream()
            .filter(end -> at.isBefore(ProtoTimes.instant(end.getEndedAt()).plus(REMEMBERED)))
            .toList();
    int most = Broker.MOST_ENDED_DEALS - 1;
    var end =
        StoredEnd.newBuilder().setDealId(deal.getDealId()).setEndedAt(ProtoTimes.timestamp(at));
    StoredBroker.Builder next =
        broker.stored().toBuilder()
            .clearEndedDeals()
            .addAllEndedDeals(latest.subList(Math.max(0, latest.size() - most), latest.size()))
            .addEndedDeals(end);
    return new Broker(next.build()).withoutOffer(deal.getDealId());
  }
}
