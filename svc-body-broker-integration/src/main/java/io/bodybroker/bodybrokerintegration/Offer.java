package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.state.v1.DealEvent;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPart;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/** How an offer comes to be: goods on the table, and the first round of haggling. */
final class Offer {
  /** How long it stands, at most. */
  static final Duration STANDS = Duration.ofHours(1);

  private Offer() {}

  /**
   * The parts that a request puts on the table.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if one is named twice or they are of several
   *     worlds, {@code NOT_FOUND} if the player has no such part
   */
  static List<StoredPart> parts(Broker broker, List<String> partIds) {
    var seen = new HashSet<String>();
    for (int i = 0; i < partIds.size(); i++) {
      var id = partIds.get(i);
      if (!seen.add(id)) {
        throw ServiceException.invalidArgument("part_ids[" + i + "]", id, "each part once");
      }
    }
    var parts = partIds.stream().map(broker::requirePart).toList();
    var world = parts.getFirst().getWorldId();
    for (int i = 1; i < parts.size(); i++) {
      if (!parts.get(i).getWorldId().equals(world)) {
        throw ServiceException.invalidArgument(
            "part_ids[" + i + "]", partIds.get(i), "a part in world \"" + world + "\"");
      }
    }
    return parts;
  }

  /**
   * The player after a first round, with the deal as the last offer if there is one.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION} if it cannot be held at all, {@code
   *     RESOURCE_EXHAUSTED} if there are too many offers already
   */
  static Brokers.Change<NegotiateResponse> first(
      Broker broker, NegotiateRequest request, Haggling haggling, WorldNow now, Instant at) {
    broker.requireAlive();
    var family = Profile.of(request.getFamily());
    var parts = parts(broker, request.getPartIdsList());
    check(broker, family, parts, now);
    var held = haggling.with(broker, family, parts, List.of(), now);
    var answer = NegotiateResponse.newBuilder().setNegotiation(held.answer());
    if (!held.haggle().isDeal()) {
      return new Brokers.Change<>(held.broker(), answer.build());
    }
    long number = held.broker().stored().getLastDeal() + 1;
    var deal =
        StoredDeal.newBuilder()
            .setPlayerId(broker.player())
            .setDealId("d" + number)
            .setWorldId(now.world())
            .setFamily(request.getFamily())
            .setState(DealState.OFFERED)
            .setPayment(held.payment())
            .addAllParts(parts.stream().map(part -> wire(part, family, now)).toList())
            .setWorth(held.haggle().worth())
            .setPrice(held.haggle().price())
            .setOutcome(held.haggle().outcome())
            .setRounds(1)
            .addAllUsed(haggling.tactics())
            .setOfferedAt(ProtoTimes.timestamp(at))
            .setExpiresAt(ProtoTimes.timestamp(expiry(parts, now, at)))
            .setEvent(DealEvent.NEGOTIATED)
            .build();
    var after =
        held.broker().offering(deal, at).stored().toBuilder()
            .setLastDeal(number)
            .setLastOffer(deal);
    return new Brokers.Change<>(
        new Broker(after.build()), answer.setDeal(Deals.wire(deal, at)).build());
  }

  private static void check(Broker broker, Profile family, List<StoredPart> parts, WorldNow now) {
    if (!broker.family(family.family()).getUnlocked()) {
      throw ServiceException.of(
          ErrorCode.FAILED_PRECONDITION,
          "family %s does not deal with player \"%s\" yet"
              .formatted(family.family(), broker.player()));
    }
    for (StoredPart part : parts) {
      Parts.requireUsable(part, now);
      if (!family.buys().contains(part.getType())) {
        throw Parts.refused(
            "family %s does not buy %s, which part \"%s\" is; it buys %s"
                .formatted(family.family(), part.getType(), Parts.id(part), family.buys()));
      }
    }
  }

  /** When the first of the parts has decayed, by the clock as it is now; an hour at most. */
  private static Instant expiry(List<StoredPart> parts, WorldNow now, Instant at) {
    var latest = at.plus(STANDS);
    return parts.stream()
        .map(part -> now.when(Parts.keeping(part).until()))
        .filter(decay -> decay.isBefore(latest))
        .min(Instant::compareTo)
        .orElse(latest);
  }

  private static DealPart wire(StoredPart part, Profile family, WorldNow now) {
    var goods = Parts.goods(part, now);
    return DealPart.newBuilder()
        .setPartId(Parts.id(part))
        .setType(part.getType())
        .setGrade(goods.grade())
        .setFreshness(Parts.rounded(goods.freshness()))
        .setWorth((long) family.worth(goods))
        .setCreature(part.getCreature())
        .addAllTraits(part.getTraitsList())
        .build();
  }
}
