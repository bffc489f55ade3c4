package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.book.Knowledge;
import io.bodybroker.bodybrokerintegration.family.Goods;
import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.family.Regard;
import io.bodybroker.bodybrokerintegration.haggle.Demands;
import io.bodybroker.bodybrokerintegration.haggle.Dialogue;
import io.bodybroker.bodybrokerintegration.haggle.Haggle;
import io.bodybroker.bodybrokerintegration.haggle.Outcomes;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPart;
import io.bodybroker.bodybrokerintegration.v1.BookSubject;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferRequest;
import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.Negotiation;
import io.bodybroker.bodybrokerintegration.v1.Payment;
import io.bodybroker.bodybrokerintegration.v1.Tactic;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * What a player asks for in one round of haggling, and how.
 *
 * @param drug what to be paid with; unspecified for what the family has
 * @param quantity how much of it; 0 for as much as the family gives
 * @param tactics how the player talks, each once
 */
record Haggling(Drug drug, long quantity, List<Tactic> tactics) {
  Haggling {
    tactics = List.copyOf(tactics);
    checkTactics(tactics);
  }

  /**
   * A round that was held.
   *
   * @param broker the player after it
   * @param haggle what came of it
   * @param payment what the family gives; nothing if there is no deal
   * @param answer what the player is told
   */
  record Held(Broker broker, Haggle haggle, Payment payment, Negotiation answer) {}

  /**
   * What a request asks for.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming the tactic
   */
  static Haggling of(NegotiateRequest request) {
    return new Haggling(
        request.getRequestedDrug(), request.getRequestedQuantity(), request.getTacticsList());
  }

  /** As {@link #of(NegotiateRequest)}. */
  static Haggling of(CounterOfferRequest request) {
    return new Haggling(
        Drug.DRUG_UNSPECIFIED, request.getRequestedQuantity(), request.getTacticsList());
  }

  private static void checkTactics(List<Tactic> tactics) {
    var seen = new HashSet<Tactic>();
    for (int i = 0; i < tactics.size(); i++) {
      var tactic = tactics.get(i);
      if (tactic == Tactic.TACTIC_UNSPECIFIED || !seen.add(tactic)) {
        throw ServiceException.invalidArgument("tactics[" + i + "]", tactic, "each tactic once");
      }
    }
  }

  /**
   * Holds a round.
   *
   * @param used tactics of the rounds before
   */
  Held with(
      Broker broker,
      Profile family,
      List<StoredPart> parts,
      Collection<Tactic> used,
      WorldNow now) {
    var standing = broker.family(family.family());
    var client = broker.page(BookSubject.CLIENT, family.family().name());
    var stance =
        new Haggle.Stance(
            standing.getRelationship(),
            Haggle.charisma(Knowledge.ofClient(client.getEncounters())),
            tactics,
            used);
    List<Goods> goods = parts.stream().map(part -> Parts.goods(part, now)).toList();
    var demand = Demands.of(now.world(), family.family(), now.day(), now.moon());
    var haggle = Haggle.of(family, stance, demand, goods);
    int offence = Outcomes.offence(haggle.outcome());
    int regard = Regard.after(standing.getRelationship(), offence);
    var after =
        offence == 0 ? broker : broker.with(standing.toBuilder().setRelationship(regard).build());
    var payment = payment(family, haggle);
    var answer =
        Negotiation.newBuilder()
            .setAccepted(isAccepted(family, haggle))
            .setOutcome(haggle.outcome())
            .setLeverage(haggle.leverage())
            .setDemand(demand)
            .setWorth(haggle.worth())
            .setPrice(haggle.price())
            .setRelationshipChange(regard - standing.getRelationship())
            .setRelationship(regard)
            .addAllDialogueLines(Dialogue.of(family, haggle));
    if (haggle.isDeal()) {
      answer.setRelationshipChangeOnCompletion(Outcomes.gratitude(haggle.outcome()));
      if (!answer.getAccepted()) {
        answer.setCounterOffer(payment);
      }
    }
    if (Outcomes.isInsightful(haggle.outcome())) {
      answer.setInsight(Dialogue.insight(family));
    }
    return new Held(after, haggle, payment, answer.build());
  }

  private boolean isAccepted(Profile family, Haggle haggle) {
    boolean isTheirs = drug == Drug.DRUG_UNSPECIFIED || drug == family.pays();
    return isTheirs && haggle.isDeal() && quantity <= haggle.quantity();
  }

  /** No more than was asked for, if that is what the family gives. */
  private Payment payment(Profile family, Haggle haggle) {
    boolean isAsked = isAccepted(family, haggle) && quantity > 0;
    return Payment.newBuilder()
        .setDrug(family.pays())
        .setQuantity(isAsked ? quantity : haggle.quantity())
        .build();
  }
}
