package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.book.Knowledge;
import io.bodybroker.bodybrokerintegration.drug.DrugProfile;
import io.bodybroker.bodybrokerintegration.family.Ladder;
import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPage;
import io.bodybroker.bodybrokerintegration.v1.BookPage;
import io.bodybroker.bodybrokerintegration.v1.BookTier;
import io.bodybroker.bodybrokerintegration.v1.DebtOfFlesh;
import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.bodybrokerintegration.v1.FamilyStanding;
import io.bodybroker.bodybrokerintegration.v1.LifeState;
import io.bodybroker.bodybrokerintegration.v1.Morality;

/** What is known of a player, as the contract has it. */
final class Wire {
  private Wire() {}

  static Morality morality(Broker broker) {
    var conscience = broker.conscience();
    return Morality.newBuilder()
        .setPath(conscience.path())
        .setDeserving(conscience.deserving())
        .setNeutral(conscience.neutral())
        .setInnocent(conscience.innocent())
        .setScore(Parts.rounded(conscience.score()))
        .setSupplyPenalty(conscience.supplyPenalty())
        .setVigilanteRespect(conscience.vigilanteRespect())
        .setFaeAmusement(conscience.faeAmusement())
        .setEfficiency(conscience.efficiency())
        .setHeat(conscience.heat())
        .setNotoriety(conscience.notoriety())
        .build();
  }

  static FamilyStanding standing(Broker broker, Profile family) {
    var known = broker.family(family.family());
    var rung = Ladder.of(family.family());
    return FamilyStanding.newBuilder()
        .setFamily(family.family())
        .setTier(family.tier())
        .setTemperament(family.temperament())
        .addAllBuys(family.buys())
        .setPays(family.pays())
        .setUnlocked(known.getUnlocked())
        .setRelationship(known.getRelationship())
        .setDeals(known.getDeals())
        .setProgress(known.getProgress())
        .setProgressNeeded(rung.needed())
        .setCondition(rung.condition())
        .build();
  }

  static BookPage page(StoredPage page) {
    var wire =
        BookPage.newBuilder()
            .setSubject(page.getSubject())
            .setName(page.getName())
            .setEncounters(page.getEncounters())
            .setDissections(page.getDissections());
    return switch (page.getSubject()) {
      case CREATURE ->
          wire.setTier(Knowledge.ofCreature(page.getEncounters(), page.getDissections())).build();
      case DRUG -> drug(page, wire);
      case CLIENT ->
          wire.setTier(Knowledge.ofClient(page.getEncounters()))
              .setSatisfaction(page.getSatisfaction())
              .setSecrets(page.getSecrets())
              .addAllMarket(page.getMarketList())
              .setMarketAlert(Knowledge.isAlert(page.getMarketList()))
              .build();
      case BOOK_SUBJECT_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("a page about " + page.getSubject());
    };
  }

  private static BookPage drug(StoredPage page, BookPage.Builder wire) {
    var tier = Knowledge.ofDrug(page.getEncounters());
    wire.setTier(tier).setKnownEffects(Knowledge.knownEffects(page.getEncounters()));
    return tier == BookTier.WHISPERS
        ? wire.build()
        : wire.setStreetValue(DrugProfile.of(Drug.valueOf(page.getName())).streetValue()).build();
  }

  static DebtOfFlesh debt(Broker broker) {
    var debt = broker.debt();
    return DebtOfFlesh.newBuilder()
        .setLife(debt.isEcho() ? LifeState.SOUL_ECHO : LifeState.ALIVE)
        .setVeilFray(debt.veilFray())
        .setPenalty(debt.penalty())
        .setCorpseWaits(debt.corpseWaits())
        .setWorldId(broker.stored().getDebt().getWorldId())
        .setZoneId(broker.stored().getDebt().getZoneId())
        .build();
  }
}
