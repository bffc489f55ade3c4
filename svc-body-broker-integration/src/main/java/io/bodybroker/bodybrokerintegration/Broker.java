package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.book.Knowledge;
import io.bodybroker.bodybrokerintegration.death.Debt;
import io.bodybroker.bodybrokerintegration.family.Ladder;
import io.bodybroker.bodybrokerintegration.family.Regard;
import io.bodybroker.bodybrokerintegration.harvest.Skill;
import io.bodybroker.bodybrokerintegration.morality.Conscience;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredConscience;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDebt;
import io.bodybroker.bodybrokerintegration.state.v1.StoredFamily;
import io.bodybroker.bodybrokerintegration.state.v1.StoredOffer;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPage;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPart;
import io.bodybroker.bodybrokerintegration.v1.BookSubject;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A player as the families of the Dark World know one: what the player holds, whom the player has
 * killed, and how each family and page of the book stand. A value; what changes it makes another.
 *
 * @param stored the document
 */
record Broker(StoredBroker stored) {
  /** Of most things a player has no more than this. */
  static final int MOST_PARTS = 200;

  static final int MOST_CORPSES = 32;
  static final int MOST_CREATURES = 64;
  static final int MOST_OFFERS = 20;

  /** What has to be remembered for a while only; nobody gets that far in it. */
  static final int MOST_ENDED_DEALS = 1000;

  static final int MOST_COUNTED_TARGETS = 128;

  /** How many calls a player's document remembers. */
  static final int CALLS_KEPT = 16;

  /** The player of a document, or one nobody has heard of. */
  static Broker of(String player, Optional<StoredBroker> stored) {
    return new Broker(
        stored.orElseGet(() -> StoredBroker.newBuilder().setPlayerId(player).build()));
  }

  /** The player as one that nothing happens with. */
  Broker withoutEvent() {
    return new Broker(stored.toBuilder().clearEvent().build());
  }

  String player() {
    return stored.getPlayerId();
  }

  double skill() {
    return Skill.of(stored.getSkillXp());
  }

  Conscience conscience() {
    var kept = stored.getConscience();
    return new Conscience(
        kept.getDeserving(),
        kept.getNeutral(),
        kept.getInnocent(),
        kept.getVigilanteRespect(),
        kept.getFaeAmusement(),
        kept.getHeat());
  }

  Broker with(Conscience conscience) {
    var kept =
        StoredConscience.newBuilder()
            .setDeserving(conscience.deserving())
            .setNeutral(conscience.neutral())
            .setInnocent(conscience.innocent())
            .setVigilanteRespect(conscience.vigilanteRespect())
            .setFaeAmusement(conscience.faeAmusement())
            .setHeat(conscience.heat());
    return new Broker(stored.toBuilder().setConscience(kept).build());
  }

  Debt debt() {
    var kept = stored.getDebt();
    return new Debt(kept.getEcho(), kept.getVeilFray(), kept.getCorpseWaits());
  }

  /** With another debt; where a corpse lies is as before, if one lies still. */
  Broker with(Debt debt) {
    var kept = debt.corpseWaits() ? stored.getDebt().toBuilder() : StoredDebt.newBuilder();
    kept.setEcho(debt.isEcho()).setVeilFray(debt.veilFray()).setCorpseWaits(debt.corpseWaits());
    return new Broker(stored.toBuilder().setDebt(kept).build());
  }

  /** With the corpse somewhere. */
  Broker lyingIn(String world, String zone) {
    var debt = stored.getDebt().toBuilder().setWorldId(world).setZoneId(zone);
    return new Broker(stored.toBuilder().setDebt(debt).build());
  }

  /**
   * Refuses what the dead cannot do.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION}
   */
  void requireAlive() {
    if (debt().isEcho()) {
      throw ServiceException.of(
          ErrorCode.FAILED_PRECONDITION,
          "player \"" + player() + "\" is a soul echo and has to respawn first");
    }
  }

  /**
   * With another deal on offer.
   *
   * @throws ServiceException {@code RESOURCE_EXHAUSTED} with as many as there can be
   */
  Broker offering(StoredDeal deal, Instant now) {
    var open =
        stored.getOpenOffersList().stream()
            .filter(offer -> now.isBefore(ProtoTimes.instant(offer.getExpiresAt())))
            .toList();
    if (open.size() >= MOST_OFFERS) {
      throw ServiceException.builder(
              ErrorCode.RESOURCE_EXHAUSTED,
              "player \"%s\" has %d deals on offer, as many as can be"
                  .formatted(player(), MOST_OFFERS))
          .mayHaveExecuted(false)
          .build();
    }
    var offer =
        StoredOffer.newBuilder().setDealId(deal.getDealId()).setExpiresAt(deal.getExpiresAt());
    return new Broker(
        stored.toBuilder().clearOpenOffers().addAllOpenOffers(open).addOpenOffers(offer).build());
  }

  /** With one deal less on offer. */
  Broker withoutOffer(String dealId) {
    var others =
        stored.getOpenOffersList().stream()
            .filter(offer -> !offer.getDealId().equals(dealId))
            .toList();
    return new Broker(stored.toBuilder().clearOpenOffers().addAllOpenOffers(others).build());
  }

  /** How a family stands with the player. */
  StoredFamily family(Family family) {
    return stored.getFamiliesList().stream()
        .filter(known -> known.getFamily() == family)
        .findFirst()
        .orElseGet(() ->
            StoredFamily.newBuilder()
                .setFamily(family)
                .setUnlocked(Ladder.isOpenFromTheStart(family))
                .setRelationship(Regard.FIRST)
                .build());
  }

  Broker with(StoredFamily family) {
    var next = stored.toBuilder();
    for (int i = 0; i < next.getFamiliesCount(); i++) {
      if (next.getFamilies(i).getFamily() == family.getFamily()) {
        return new Broker(next.setFamilies(i, family).build());
      }
    }
    return new Broker(next.addFamilies(family).build());
  }

  /** A page of the book, empty if there is none yet. */
  StoredPage page(BookSubject subject, String name) {
    return stored.getPagesList().stream()
        .filter(page -> page.getSubject() == subject && page.getName().equals(name))
        .findFirst()
        .orElseGet(() -> emptyPage(subject, name));
  }

  private static StoredPage emptyPage(BookSubject subject, String name) {
    var page = StoredPage.newBuilder().setSubject(subject).setName(name);
    return subject == BookSubject.CLIENT
        ? page.setSatisfaction(Knowledge.FIRST_SATISFACTION).build()
        : page.build();
  }

  /**
   * With a page. Of creatures the book has room for so many; of the ones beyond it knows nothing.
   */
  Broker with(StoredPage page) {
    var next = stored.toBuilder();
    for (int i = 0; i < next.getPagesCount(); i++) {
      var old = next.getPages(i);
      if (old.getSubject() == page.getSubject() && old.getName().equals(page.getName())) {
        return new Broker(next.setPages(i, page).build());
      }
    }
    return page.getSubject() == BookSubject.CREATURE && creatures() >= MOST_CREATURES
        ? this
        : new Broker(next.addPages(page).build());
  }

  private long creatures() {
    return stored.getPagesList().stream()
        .filter(page -> page.getSubject() == BookSubject.CREATURE)
        .count();
  }

  /** A part the player holds. */
  Optional<StoredPart> part(String partId) {
    return stored.getPartsList().stream().filter(part -> Parts.id(part).equals(partId)).findFirst();
  }

  /**
   * A part the player holds.
   *
   * @throws ServiceException {@code NOT_FOUND} if the player does not
   */
  StoredPart requirePart(String partId) {
    return part(partId).orElseThrow(() -> ServiceException.notFound("part", partId));
  }

  /** With each part replaced; those that become empty are gone. */
  Broker withParts(Function<StoredPart, Optional<StoredPart>> change) {
    List<StoredPart> kept =
        stored.getPartsList().stream().map(change).flatMap(Optional::stream).toList();
    return new Broker(stored.toBuilder().clearParts().addAllParts(kept).build());
  }
}
