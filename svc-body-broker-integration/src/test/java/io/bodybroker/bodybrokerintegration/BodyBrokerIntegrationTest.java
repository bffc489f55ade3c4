package io.bodybroker.bodybrokerintegration;

import static io.bodybroker.bodybrokerintegration.TestRealm.PLAYER;
import static io.bodybroker.bodybrokerintegration.TestRealm.WORLD;
import static io.bodybroker.bodybrokerintegration.TestRealm.call;
import static io.bodybroker.bodybrokerintegration.TestRealm.kill;
import static io.bodybroker.bodybrokerintegration.TestRealm.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.bodybrokerintegration.TestRealm.Instance;
import io.bodybroker.bodybrokerintegration.harvest.Traits;
import io.bodybroker.bodybrokerintegration.state.v1.StoredCorpse;
import io.bodybroker.bodybrokerintegration.v1.BodyPart;
import io.bodybroker.bodybrokerintegration.v1.BookSubject;
import io.bodybroker.bodybrokerintegration.v1.BookTier;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferRequest;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferResponse;
import io.bodybroker.bodybrokerintegration.v1.DealFailed;
import io.bodybroker.bodybrokerintegration.v1.DealNegotiated;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.FamilyStanding;
import io.bodybroker.bodybrokerintegration.v1.FamilyUnlocked;
import io.bodybroker.bodybrokerintegration.v1.GetBookRequest;
import io.bodybroker.bodybrokerintegration.v1.GetDebtRequest;
import io.bodybroker.bodybrokerintegration.v1.GetFamilyRequest;
import io.bodybroker.bodybrokerintegration.v1.GetMoralityRequest;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.HarvestCompleted;
import io.bodybroker.bodybrokerintegration.v1.HarvestRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestResponse;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.bodybrokerintegration.v1.LifeState;
import io.bodybroker.bodybrokerintegration.v1.ListDealsRequest;
import io.bodybroker.bodybrokerintegration.v1.ListFamiliesRequest;
import io.bodybroker.bodybrokerintegration.v1.ListPartsRequest;
import io.bodybroker.bodybrokerintegration.v1.MixDrugsRequest;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Preservation;
import io.bodybroker.bodybrokerintegration.v1.PreservePartRequest;
import io.bodybroker.bodybrokerintegration.v1.RecordDeathRequest;
import io.bodybroker.bodybrokerintegration.v1.RespawnRequest;
import io.bodybroker.bodybrokerintegration.v1.RetrieveCorpseRequest;
import io.bodybroker.bodybrokerintegration.v1.Tactic;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.bodybrokerintegration.v1.Trait;
import io.bodybroker.bodybrokerintegration.v1.VoidDealRequest;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the operations do, two instances over the same stores. */
class BodyBrokerIntegrationTest {
  private final TestRealm world = new TestRealm();
  private final Instance first = world.new Instance("first");
  private final Instance second = world.new Instance("second");

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageContaining(message);
  }

  private static HarvestRequest.Builder harvest(String target, PartType... parts) {
    return HarvestRequest.newBuilder()
        .setPlayerId(PLAYER)
        .setWorldId(WORLD)
        .setTargetId(target)
        .addAllParts(List.of(parts))
        .setTool(HarvestTool.STANDARD);
  }

  private FamilyStanding family(Family family) {
    return second
        .service
        .getFamily(
            GetFamilyRequest.newBuilder().setPlayerId(PLAYER).setFamily(family).build(), call())
        .getFamily();
  }

  /** Hours of the game. */
  private void pass(int hours) {
    world.time.pass(Duration.ofMinutes(hours));
  }

  @Test
  void killsHarvestsHagglesAndIsPaid() {
    var parts = first.harvest("t1", KillMethod.BLADE_KILL, PartType.FLESH, PartType.BONE);
    assertThat(parts).extracting(BodyPart::getPartId).containsExactly("p1", "p2");
    assertThat(parts).extracting(BodyPart::getGrade).containsOnly(Grade.PRIME);

    var round =
        second.service.negotiate(
            offer(Family.CARRION_KIN, parts).addTactics(Tactic.APPEAL_TO_GREED).build(), call());
    assertThat(round.getNegotiation().getAccepted()).isTrue();
    assertThat(round.getNegotiation().getDialogueLinesList()).hasSize(2);
    assertThat(round.getDeal().getPayment().getDrug()).isEqualTo(Drug.GRAVE_DUST);

    var deal = first.complete(round.getDeal().getDealId());
    assertThat(deal.getState()).isEqualTo(DealState.COMPLETED);
    assertThat(second.parts()).isEmpty();
    assertThat(family(Family.CARRION_KIN).getDeals()).isEqualTo(1);
    assertThat(world.events(KillRecorded.class)).isEqualTo(1);
    assertThat(world.events(HarvestCompleted.class)).isEqualTo(1);
    assertThat(world.events(DealNegotiated.class)).isEqualTo(1);
  }

  @Test
  void recordsADeathOnceAndForOnePlayer() {
    var request = kill("t1", KillMethod.BLADE_KILL, TargetMorality.INNOCENT);
    var answer = first.service.recordKill(request, call());
    assertThat(second.service.recordKill(request, call())).isEqualTo(answer);

    assertThat(answer.getMorality().getPath()).isEqualTo(MoralPath.BUTCHER);
    assertThat(answer.getMorality().getInnocent()).isEqualTo(1);
    assertThat(world.events(KillRecorded.class)).isEqualTo(1);
    assertRefused(
        () -> first.service.recordKill(request.toBuilder().setPlayerId("ada").build(), call()),
        ErrorCode.ALREADY_EXISTS,
        "target \"t1\" was killed by another player");
  }

  @Test
  void countsAKillThatWasWrittenDownButNotCounted() {
    var request = kill("t1", KillMethod.BLADE_KILL, TargetMorality.DESERVING);
    var kill =
        Kill.of(
            request,
            new WorldNow(WORLD, world.time.instant(), 0, 60, MoonPhase.HALF),
            world.time.instant());
    world.dead.create(Kill.key(WORLD, "t1"), kill.target());

    second.service.recordKill(request, call());

    var morality =
        first
            .service
            .getMorality(GetMoralityRequest.newBuilder().setPlayerId(PLAYER).build(), call())
            .getMorality();
    assertThat(morality.getDeserving()).isEqualTo(1);
    assertThat(morality.getPath()).isEqualTo(MoralPath.SURGEON);
    assertThat(morality.getScore()).isEqualTo(-1);
  }

  @Test
  void countsAKillOnceAlsoWhenItsCorpseIsGone() {
    var request = kill("t0", KillMethod.BLADE_KILL, TargetMorality.DESERVING);
    first.service.recordKill(request, call());
    // The instance died before it wrote down that it had counted.
    var key = Kill.key(WORLD, "t0");
    world.dead.put(
        key, world.dead.get(key).orElseThrow().value().toBuilder().setCounted(false).build());
    for (int i = 1; i <= Broker.MOST_CORPSES; i++) {
      first.service.recordKill(
          kill("t" + i, KillMethod.BLADE_KILL, TargetMorality.NEUTRAL), call());
    }
    assertThat(corpses()).doesNotContain("t0");

    var again = second.service.recordKill(request, call());

    assertThat(again.getMorality().getDeserving()).isEqualTo(1);
    assertThat(corpses()).doesNotContain("t0");
  }

  @Test
  void keepsSoManyCorpses() {
    for (int i = 0; i <= Broker.MOST_CORPSES; i++) {
      first.service.recordKill(
          kill("t" + i, KillMethod.BLADE_KILL, TargetMorality.NEUTRAL), call());
    }
    assertRefused(
        () -> first.service.harvest(harvest("t0", PartType.EYE).build(), call()),
        ErrorCode.NOT_FOUND,
        "corpse \"t0\"");
    assertThat(first.service.harvest(harvest("t1", PartType.EYE).build(), call()).getPartsList())
        .hasSize(1);
  }

  @Test
  void losesRottenCorpsesOfTheSameWorldOnly() {
    first.harvest("t1", KillMethod.BLADE_KILL, PartType.EYE);
    pass(25);
    var elsewhere =
        kill("t2", KillMethod.BLADE_KILL, TargetMorality.NEUTRAL).toBuilder().setWorldId("other");
    first.service.recordKill(elsewhere.build(), call());
    assertThat(corpses()).containsExactly("t1", "t2");
    first.service.recordKill(kill("t3", KillMethod.BLADE_KILL, TargetMorality.NEUTRAL), call());
    assertThat(corpses()).containsExactly("t2", "t3");
  }

  private List<String> corpses() {
    return world.players.get(PLAYER).orElseThrow().value().getCorpsesList().stream()
        .map(StoredCorpse::getTargetId)
        .toList();
  }

  @Test
  void takesEachPartOutOnce() {
    first.harvest("t1", KillMethod.BLADE_KILL, PartType.HEART, PartType.EYE);
    assertThat(second.service.harvest(harvest("t1", PartType.EYE).build(), call()).getPartsList())
        .hasSize(1);
    assertRefused(
        () -> second.service.harvest(harvest("t1", PartType.LIVER, PartType.EYE).build(), call()),
        ErrorCode.FAILED_PRECONDITION,
        "corpse \"t1\" has 0 EYE left");
    assertThat(first.parts()).hasSize(3);
  }

  @Test
  void harvestsOnceUnderAKey() {
    first.service.recordKill(
        kill("t1", KillMethod.LIVE_EXTRACTION, TargetMorality.NEUTRAL), call());
    var request = harvest("t1", PartType.SOUL).build();
    HarvestResponse answer = first.service.harvest(request, call("k1"));
    assertThat(second.service.harvest(request, call("k1"))).isEqualTo(answer);
    assertThat(answer.getSkillXpGained()).isEqualTo(20);
    assertThat(first.parts()).hasSize(1);
    assertRefused(
        () -> first.service.harvest(harvest("t1", PartType.EYE).build(), call("k1")),
        ErrorCode.INVALID_ARGUMENT,
        "idempotency key");
  }

  @Test
  void refusesWhatABodyHasNot() {
    first.service.recordKill(kill("t1", KillMethod.BLADE_KILL, TargetMorality.NEUTRAL), call());
    assertRefused(
        () -> first.service.harvest(harvest("t1", PartType.SOUL).build(), call()),
        ErrorCode.FAILED_PRECONDITION,
        "only LIVE_EXTRACTION");
    assertRefused(
        () ->
            first.service.harvest(
                harvest("t1", PartType.EYE, PartType.EYE, PartType.EYE).build(), call()),
        ErrorCode.INVALID_ARGUMENT,
        "parts[0]: EYE (expected: at most 2 of a body)");
    assertRefused(
        () ->
            first.service.harvest(
                harvest("t1", PartType.EYE, PartType.PART_TYPE_UNSPECIFIED).build(), call()),
        ErrorCode.INVALID_ARGUMENT,
        "parts[1]: PART_TYPE_UNSPECIFIED (expected: a part of a body)");
    pass(25);
    assertRefused(
        () -> first.service.harvest(harvest("t1", PartType.EYE).build(), call()),
        ErrorCode.FAILED_PRECONDITION,
        "has rotted");
  }

  @Test
  void throwsAwayWhatHasDecayedWhenItsRoomIsNeeded() {
    for (int i = 0; i < 25; i++) {
      first.harvest(
          "old" + i,
          KillMethod.BLADE_KILL,
          PartType.EYE,
          PartType.EYE,
          PartType.LUNG,
          PartType.LUNG,
          PartType.KIDNEY,
          PartType.KIDNEY,
          PartType.HEART,
          PartType.LIVER);
    }
    assertThat(first.parts()).hasSize(Broker.MOST_PARTS);
    assertRefused(
        () -> first.harvest("new", KillMethod.BLADE_KILL, PartType.EYE),
        ErrorCode.RESOURCE_EXHAUSTED,
        "holds 200 parts");
    pass(25);
    var elsewhere =
        kill("newer", KillMethod.BLADE_KILL, TargetMorality.NEUTRAL).toBuilder()
            .setWorldId("other")
            .build();
    first.service.recordKill(elsewhere, call());
    first.service.harvest(harvest("newer", PartType.EYE).setWorldId("other").build(), call());
    assertThat(first.parts())
        .as("what has decayed in whichever world")
        .singleElement()
        .extracting(BodyPart::getPartId)
        .isEqualTo("p201");
  }

  @Test
  void derivesFreshnessFromTheClockOfTheWorld() {
    first.harvest("t1", KillMethod.BLADE_KILL, PartType.HEART, PartType.LIVER);
    preserve("p2", Preservation.FORMALDEHYDE);
    pass(12);
    assertThat(second.parts()).extracting(BodyPart::getFreshness).containsExactly(0.5, 0.75);
    pass(13);
    assertThat(second.parts())
        .extracting(BodyPart::getState)
        .containsExactly(PartState.DECAYED, PartState.HELD);
    var fresh =
        first.service.listParts(ListPartsRequest.newBuilder().setPlayerId(PLAYER).build(), call());
    assertThat(fresh.getPartsList()).extracting(BodyPart::getPartId).containsExactly("p2");
  }

  private BodyPart preserve(String part, Preservation preservation) {
    return first
        .service
        .preservePart(
            PreservePartRequest.newBuilder()
                .setPlayerId(PLAYER)
                .setPartId(part)
                .setPreservation(preservation)
                .build(),
            call())
        .getPart();
  }

  @Test
  void preservesAPartOnce() {
    first.harvest("t1", KillMethod.BLADE_KILL, PartType.HEART);
    var kept = preserve("p1", Preservation.CRYOGENIC);
    assertThat(kept.getKeeps().getSeconds()).isEqualTo(Duration.ofDays(8).toSeconds());
    assertThat(preserve("p1", Preservation.CRYOGENIC).getKeeps()).isEqualTo(kept.getKeeps());
    assertRefused(
        () -> preserve("p1", Preservation.FORMALDEHYDE),
        ErrorCode.FAILED_PRECONDITION,
        "part \"p1\" is kept in CRYOGENIC");
    assertRefused(
        () -> preserve("p9", Preservation.FORMALDEHYDE), ErrorCode.NOT_FOUND, "part \"p9\"");
    first.harvest("t2", KillMethod.BLADE_KILL, PartType.HEART);
    pass(25);
    assertRefused(
        () -> preserve("p2", Preservation.FORMALDEHYDE),
        ErrorCode.FAILED_PRECONDITION,
        "part \"p2\" has decayed");
  }

  @Test
  void listsPartsPageByPage() {
    first.harvest("t1", KillMethod.BLADE_KILL, PartType.EYE, PartType.EYE, PartType.HEART);
    var seen = new ArrayList<String>();
    var token = "";
    do {
      var page =
          first.service.listParts(
              ListPartsRequest.newBuilder()
                  .setPlayerId(PLAYER)
                  .setPageSize(2)
                  .setPageToken(token)
                  .build(),
              call());
      page.getPartsList().forEach(part -> seen.add(part.getPartId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).containsExactly("p1", "p2", "p3");
    var eyes = ListPartsRequest.newBuilder().setPlayerId(PLAYER).setType(PartType.EYE).build();
    assertThat(first.service.listParts(eyes, call()).getPartsList()).hasSize(2);
  }

  @Test
  void refusesOffersThatCannotBeHeard() {
    var parts = first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.HEART);
    var eye = parts.subList(0, 1);
    assertRefused(
        () -> first.negotiate(Family.MOON_CLANS, parts.subList(1, 2)),
        ErrorCode.FAILED_PRECONDITION,
        "MOON_CLANS does not deal with player \"grace\" yet");
    assertRefused(
        () -> first.negotiate(Family.CHATTER_SWARM, parts),
        ErrorCode.FAILED_PRECONDITION,
        "does not buy HEART, which part \"p2\" is");
    assertRefused(
        () ->
            first.service.negotiate(
                offer(Family.CHATTER_SWARM, eye).addPartIds("p1").build(), call()),
        ErrorCode.INVALID_ARGUMENT,
        "part_ids[1]: p1 (expected: each part once)");
    assertRefused(
        () ->
            first.service.negotiate(
                offer(Family.CHATTER_SWARM, eye).addPartIds("p7").build(), call()),
        ErrorCode.NOT_FOUND,
        "part \"p7\"");
    assertRefused(
        () ->
            first.service.negotiate(
                offer(Family.CHATTER_SWARM, eye)
                    .addTactics(Tactic.LOGIC)
                    .addTactics(Tactic.LOGIC)
                    .build(),
                call()),
        ErrorCode.INVALID_ARGUMENT,
        "tactics[1]: LOGIC (expected: each tactic once)");
    pass(25);
    assertRefused(
        () -> first.negotiate(Family.CHATTER_SWARM, eye),
        ErrorCode.FAILED_PRECONDITION,
        "part \"p1\" has decayed");
  }

  @Test
  void offersPartsOfOneWorldOnly() {
    first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE);
    first.service.recordKill(
        kill("t1", KillMethod.POISON_KILL, TargetMorality.NEUTRAL).toBuilder()
            .setWorldId("elsewhere")
            .build(),
        call());
    first.service.harvest(harvest("t1", PartType.EYE).setWorldId("elsewhere").build(), call());
    assertRefused(
        () -> first.negotiate(Family.CHATTER_SWARM, first.parts()),
        ErrorCode.INVALID_ARGUMENT,
        "part_ids[1]: p2 (expected: a part in world \"veridian\")");
  }

  @Test
  void givesWhatIsAskedForOrMakesACounterOffer() {
    var parts = first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    var plain = first.negotiate(Family.CHATTER_SWARM, parts);
    long most = plain.getDeal().getPayment().getQuantity();

    var modest =
        first.service.negotiate(
            offer(Family.CHATTER_SWARM, parts).setRequestedQuantity(most - 1).build(), call());
    assertThat(modest.getNegotiation().getAccepted()).isTrue();
    assertThat(modest.getDeal().getPayment().getQuantity()).isEqualTo(most - 1);

    var greedy =
        first.service.negotiate(
            offer(Family.CHATTER_SWARM, parts).setRequestedQuantity(most + 1).build(), call());
    assertThat(greedy.getNegotiation().getAccepted()).isFalse();
    assertThat(greedy.getNegotiation().getCounterOffer().getQuantity()).isEqualTo(most);

    var foreign =
        first.service.negotiate(
            offer(Family.CHATTER_SWARM, parts).setRequestedDrug(Drug.AETHER).build(), call());
    assertThat(foreign.getNegotiation().getAccepted()).isFalse();
    assertThat(foreign.getNegotiation().getCounterOffer().getDrug()).isEqualTo(Drug.HIVE_NECTAR);
    assertThat(first.parts()).allMatch(part -> part.getState() == PartState.HELD);
  }

  @Test
  void negotiatesOnceUnderAKey() {
    var parts = first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE);
    var request = offer(Family.CHATTER_SWARM, parts).build();
    var answer = first.service.negotiate(request, call("k"));
    assertThat(second.service.negotiate(request, call("k"))).isEqualTo(answer);
    assertThat(world.events(DealNegotiated.class)).isEqualTo(1);
    assertThat(deals()).containsExactly("d1");
  }

  private List<String> deals() {
    return first
        .service
        .listDeals(ListDealsRequest.newBuilder().setPlayerId(PLAYER).build(), call())
        .getDealsList()
        .stream()
        .map(deal -> deal.getDealId())
        .toList();
  }

  @Test
  void storesAnOfferThatItsInstanceDidNotLiveToStore() {
    var offered = first.offered("t1");
    world.documents.delete(Deals.key(PLAYER, offered.getDealId()));

    second.offered("t2");

    assertThat(deals()).containsExactly("d2", "d1");
    assertThat(second.complete("d1").getState()).isEqualTo(DealState.COMPLETED);
  }

  @Test
  void hagglesWithWhoeverComesAtOnce() throws Exception {
    var eyes = first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    List<Callable<String>> callers =
        IntStream.range(0, Broker.MOST_OFFERS)
            .<Callable<String>>mapToObj(i ->
                () ->
                    (i % 2 == 0 ? first : second)
                        .negotiate(Family.CHATTER_SWARM, eyes)
                        .getDeal()
                        .getDealId())
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var offered = threads.invokeAll(callers).stream().map(Future::resultNow).toList();
      assertThat(offered).doesNotHaveDuplicates().hasSize(Broker.MOST_OFFERS);
      assertThat(offered)
          .allSatisfy(
              deal -> assertThat(second.deal(deal).getState()).isEqualTo(DealState.OFFERED));
    }
  }

  @Test
  void hasRoomForSoManyOffers() {
    var eyes = first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    for (int i = 0; i < Broker.MOST_OFFERS; i++) {
      first.negotiate(Family.CHATTER_SWARM, eyes);
    }
    assertRefused(
        () -> second.negotiate(Family.CHATTER_SWARM, eyes),
        ErrorCode.RESOURCE_EXHAUSTED,
        "player \"grace\" has 20 deals on offer, as many as can be");

    first.service.voidDeal(
        VoidDealRequest.newBuilder().setPlayerId(PLAYER).setDealId("d3").build(), call());
    assertThat(second.negotiate(Family.CHATTER_SWARM, eyes).getDeal().getDealId()).isEqualTo("d21");
    assertThat(first.complete("d4").getState()).isEqualTo(DealState.COMPLETED);
    var fresh = second.harvest("t2", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    assertThat(second.negotiate(Family.CHATTER_SWARM, fresh).getDeal().getDealId())
        .isEqualTo("d22");
    assertRefused(
        () -> second.negotiate(Family.CHATTER_SWARM, fresh),
        ErrorCode.RESOURCE_EXHAUSTED,
        "20 deals on offer");
    world.time.pass(Offer.STANDS);
    var later = second.harvest("t3", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    assertThat(second.negotiate(Family.CHATTER_SWARM, later).hasDeal()).isTrue();
    assertThat(world.players.get(PLAYER).orElseThrow().value().getOpenOffersCount()).isEqualTo(1);
  }

  private CounterOfferResponse counter(String deal, long quantity, Tactic... tactics) {
    return second.service.counterOffer(
        CounterOfferRequest.newBuilder()
            .setPlayerId(PLAYER)
            .setDealId(deal)
            .setRequestedQuantity(quantity)
            .addAllTactics(List.of(tactics))
            .build(),
        call());
  }

  @Test
  void hagglesOnForThreeRounds() {
    var eyes = first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    var round = first.negotiate(Family.CHATTER_SWARM, eyes);
    double plain = round.getNegotiation().getLeverage();
    var offered = round.getDeal();

    var better = counter(offered.getDealId(), 0, Tactic.LOGIC);
    assertThat(better.getNegotiation().getLeverage()).isCloseTo(plain + 0.3, within(1e-9));
    assertThat(better.getDeal().getRounds()).isEqualTo(2);
    assertThat(counter(offered.getDealId(), 0, Tactic.LOGIC).getNegotiation().getLeverage())
        .as("seen through")
        .isCloseTo(plain - 0.1, within(1e-9));
    counter(offered.getDealId(), 0, Tactic.CHARM);
    assertRefused(
        () -> counter(offered.getDealId(), 0),
        ErrorCode.FAILED_PRECONDITION,
        "has had its 4 rounds");
    assertRefused(() -> counter("d99", 0), ErrorCode.NOT_FOUND, "deal \"d99\"");
    assertThat(world.events(DealNegotiated.class)).isEqualTo(4);
  }

  @Test
  void remembersOffenceAtOnceAndGratitudeWhenItIsEarned() {
    var offered = first.offered("t1");
    assertThat(offered.getOutcome()).isIn(Outcome.GOOD_OUTCOME, Outcome.EXCELLENT_OUTCOME);
    assertThat(family(Family.CHATTER_SWARM).getRelationship()).isEqualTo(50);
    first.complete(offered.getDealId());
    int earned = offered.getOutcome() == Outcome.GOOD_OUTCOME ? 55 : 60;
    assertThat(family(Family.CHATTER_SWARM).getRelationship()).isEqualTo(earned);

    first.service.recordKill(kill("t3", KillMethod.SHOTGUN_BLAST, TargetMorality.NEUTRAL), call());
    var junk =
        first
            .service
            .harvest(harvest("t3", PartType.EYE).setTool(HarvestTool.RUSTY).build(), call())
            .getPartsList();
    var insult =
        first.service.negotiate(
            offer(Family.CHATTER_SWARM, junk)
                .addTactics(Tactic.INTIMIDATE)
                .addTactics(Tactic.RIDDLE)
                .build(),
            call());
    assertThat(insult.getNegotiation().getRelationshipChange()).isNegative();
    assertThat(family(Family.CHATTER_SWARM).getRelationship())
        .isEqualTo(earned + insult.getNegotiation().getRelationshipChange());
  }

  @Test
  void expiresAfterAnHourOrWithTheFirstPart() {
    var offered = first.offered("t1");
    assertThat(offered.getExpiresAt().getSeconds() - offered.getOfferedAt().getSeconds())
        .as("24 hours of the game in real time")
        .isEqualTo(Duration.ofMinutes(24).toSeconds());
    preserve("p1", Preservation.CRYOGENIC);
    preserve("p2", Preservation.CRYOGENIC);
    var kept = first.negotiate(Family.CHATTER_SWARM, first.parts()).getDeal();
    assertThat(kept.getExpiresAt().getSeconds() - kept.getOfferedAt().getSeconds())
        .isEqualTo(Duration.ofHours(1).toSeconds());

    world.time.pass(Duration.ofMinutes(24));
    assertThat(second.deal("d1").getState()).isEqualTo(DealState.EXPIRED);
    assertThat(second.deal("d2").getState()).isEqualTo(DealState.OFFERED);
    assertRefused(
        () -> first.complete("d1"),
        ErrorCode.FAILED_PRECONDITION,
        "deal \"d1\" is EXPIRED, not OFFERED");
    first.keeper.run();
    second.keeper.run();
    assertThat(world.events(DealFailed.class)).isEqualTo(1);
  }

  @Test
  void doesNotSellWhatDecayedBecauseTheClockWasSet() {
    var offered = first.offered("t1");
    // The clock runs on by a day while the deal still stands by the old one.
    world.players.update(
        PLAYER,
        broker -> {
          var next = broker.orElseThrow().toBuilder();
          next.getPartsBuilder(0).setKeepsMillis(1);
          return next.build();
        });
    pass(1);
    var deal = second.complete(offered.getDealId());
    assertThat(deal.getState()).isEqualTo(DealState.FAILED);
    assertThat(deal.getReason()).contains("part \"p1\" has decayed");
  }

  @Test
  void walksAwayOnce() {
    var offered = first.offered("t1");
    var request =
        VoidDealRequest.newBuilder().setPlayerId(PLAYER).setDealId(offered.getDealId()).build();
    assertThat(first.service.voidDeal(request, call()).getDeal().getState())
        .isEqualTo(DealState.VOID);
    second.service.voidDeal(request, call());
    assertThat(world.events(DealFailed.class)).isEqualTo(1);
    assertRefused(
        () -> first.complete(offered.getDealId()), ErrorCode.FAILED_PRECONDITION, "is VOID");
    var sold = first.offered("t2");
    first.complete(sold.getDealId());
    assertRefused(
        () ->
            first.service.voidDeal(request.toBuilder().setDealId(sold.getDealId()).build(), call()),
        ErrorCode.FAILED_PRECONDITION,
        "is COMPLETED");
  }

  @Test
  void forgetsADealAWeekAfterItEndedAndItsGoodsWithIt() {
    var offered = first.offered("t1");
    first.complete(offered.getDealId());
    assertThat(world.realm.deliveries()).isEqualTo(1);
    world.time.pass(DealKeeper.KEPT.plusSeconds(1));
    second.keeper.run();
    assertThat(deals()).isEmpty();
    assertThat(world.realm.deliveries()).isZero();
  }

  @Test
  void listsDealsTheNewestFirstPageByPage() {
    Stream.of("t1", "t2", "t3").forEach(first::offered);
    first.complete("d2");
    var request = ListDealsRequest.newBuilder().setPlayerId(PLAYER).setPageSize(2);
    var page = first.service.listDeals(request.build(), call());
    assertThat(page.getDealsList()).extracting("dealId").containsExactly("d3", "d2");
    var last =
        first.service.listDeals(request.setPageToken(page.getNextPageToken()).build(), call());
    assertThat(last.getDealsList()).extracting("dealId").containsExactly("d1");
    assertThat(last.getNextPageToken()).isEmpty();
    var completed =
        ListDealsRequest.newBuilder().setPlayerId(PLAYER).setState(DealState.COMPLETED).build();
    assertThat(first.service.listDeals(completed, call()).getDealsList())
        .extracting("dealId")
        .containsExactly("d2");
  }

  @Test
  void unlocksTheNextFamilyOnce() {
    for (int i = 0; i < 25; i++) {
      var offered = first.offered("t" + i);
      first.complete(offered.getDealId());
    }
    assertThat(family(Family.CHATTER_SWARM).getProgress()).isEqualTo(50);
    assertThat(family(Family.STITCH_GUILD).getUnlocked()).isTrue();
    assertThat(world.events(FamilyUnlocked.class)).isEqualTo(1);
    first.complete(first.offered("t99").getDealId());
    assertThat(world.events(FamilyUnlocked.class)).isEqualTo(1);
    var open =
        first.service.listFamilies(
            ListFamiliesRequest.newBuilder().setPlayerId(PLAYER).setUnlockedOnly(true).build(),
            call());
    assertThat(open.getFamiliesList()).hasSize(3);
  }

  @Test
  void writesIntoTheBook() {
    first.complete(first.offered("t1").getDealId());
    var pages =
        second
            .service
            .getBook(GetBookRequest.newBuilder().setPlayerId(PLAYER).build(), call())
            .getPagesList();
    assertThat(pages)
        .extracting("subject", "name", "tier")
        .containsExactly(
            tuple(BookSubject.CREATURE, "human", BookTier.FAMILIARITY),
            tuple(BookSubject.DRUG, "HIVE_NECTAR", BookTier.AWARENESS),
            tuple(BookSubject.CLIENT, "CHATTER_SWARM", BookTier.AWARENESS));
    assertThat(pages.get(1).getStreetValue()).isEqualTo(200);
    assertThat(pages.get(2).getSatisfaction()).isEqualTo(60);
    assertThat(pages.get(2).getMarketList()).hasSize(1);
  }

  @Test
  void showsTraitsThatNobodyCanClaim() {
    var genius =
        Stream.iterate(0, i -> i + 1)
            .map(i -> "g" + i)
            .filter(target -> Traits.of(WORLD, target).contains(Trait.GENIUS))
            .findFirst()
            .orElseThrow();
    var parts = first.harvest(genius, KillMethod.POISON_KILL, PartType.BRAIN, PartType.HEART);
    assertThat(parts.getFirst().getTraitsList()).containsExactly(Trait.GENIUS);
    assertThat(parts.getLast().getTraitsList()).isEmpty();
  }

  @Test
  void paysTheDebtOfFlesh() {
    var parts = first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.SKIN);
    var death = RecordDeathRequest.newBuilder().setPlayerId(PLAYER).setWorldId(WORLD);
    var dead = first.service.recordDeath(death.setZoneId("alley").build(), call()).getDebt();
    assertThat(second.service.recordDeath(death.build(), call()).getDebt()).isEqualTo(dead);
    assertThat(dead.getLife()).isEqualTo(LifeState.SOUL_ECHO);
    assertThat(dead.getPenalty()).isEqualTo(0.1);
    assertThat(dead.getZoneId()).isEqualTo("alley");
    assertRefused(
        () -> first.negotiate(Family.CHATTER_SWARM, parts.subList(0, 1)),
        ErrorCode.FAILED_PRECONDITION,
        "soul echo");

    first.service.respawn(RespawnRequest.newBuilder().setPlayerId(PLAYER).build(), call());
    var bribe = RetrieveCorpseRequest.newBuilder().setPlayerId(PLAYER).setBribePartId("p2");
    var cleared = second.service.retrieveCorpse(bribe.build(), call("k")).getDebt();
    assertThat(cleared.getVeilFray()).isZero();
    assertThat(cleared.getWorldId()).isEmpty();
    assertThat(first.service.retrieveCorpse(bribe.build(), call("k")).getDebt()).isEqualTo(cleared);
    assertThat(first.parts()).extracting(BodyPart::getPartId).containsExactly("p1");
    assertRefused(
        () -> first.service.retrieveCorpse(bribe.clearBribePartId().build(), call()),
        ErrorCode.FAILED_PRECONDITION,
        "no corpse");
  }

  @Test
  void givesTheCorpseTenderNothingWorthless() {
    first.harvest("t1", KillMethod.POISON_KILL, PartType.SKIN);
    first.service.recordDeath(
        RecordDeathRequest.newBuilder().setPlayerId(PLAYER).setWorldId(WORLD).build(), call());
    first.service.respawn(RespawnRequest.newBuilder().setPlayerId(PLAYER).build(), call());
    // Skin of 400 that is nearly gone.
    world.time.pass(Duration.ofSeconds(23 * 60 + 45));
    assertRefused(
        () ->
            first.service.retrieveCorpse(
                RetrieveCorpseRequest.newBuilder().setPlayerId(PLAYER).setBribePartId("p1").build(),
                call()),
        ErrorCode.FAILED_PRECONDITION,
        "the Corpse-Tender wants 10");
  }

  @Test
  void clearsTheDebtWithAMajorDeal() {
    first.service.recordDeath(
        RecordDeathRequest.newBuilder().setPlayerId(PLAYER).setWorldId(WORLD).build(), call());
    first.service.respawn(RespawnRequest.newBuilder().setPlayerId(PLAYER).build(), call());
    var parts = new ArrayList<BodyPart>();
    for (int i = 0; i < 3; i++) {
      parts.addAll(
          first.harvest(
              "t" + i, KillMethod.POISON_KILL, PartType.EYE, PartType.EYE, PartType.VOCAL_CORDS));
    }
    var deal = first.negotiate(Family.CHATTER_SWARM, parts).getDeal();
    assertThat(deal.getPrice()).isGreaterThan(50_000);
    first.complete(deal.getDealId());
    var debt =
        second
            .service
            .getDebt(GetDebtRequest.newBuilder().setPlayerId(PLAYER).build(), call())
            .getDebt();
    assertThat(debt.getCorpseWaits()).isFalse();
    assertThat(debt.getPenalty()).isZero();
  }

  @Test
  void mixesDrugs() {
    var answer =
        first.service.mixDrugs(
            MixDrugsRequest.newBuilder()
                .setFirst(Drug.MOON_WINE)
                .setSecond(Drug.GRAVE_DUST)
                .setFirstQuality(0.5)
                .setSecondQuality(0.5)
                .setFirstQuantity(3)
                .build(),
            call());
    assertThat(answer.getEffect()).isEqualTo("extreme_aggression");
    assertThat(answer.getQuality()).isEqualTo(0.75);
    assertThat(answer.getQuantity()).isEqualTo(1);
  }

  @Test
  void goesOnWhileTheTimeManagerIsAway() {
    first.harvest("t1", KillMethod.POISON_KILL, PartType.EYE);
    world.realm.fault("GetTime", Realm.Fault.AWAY);
    pass(6);
    assertThat(first.parts().getFirst().getFreshness()).isEqualTo(0.75);
    world.time.pass(Worlds.TRUSTED);
    assertRefused(first::parts, ErrorCode.UNAVAILABLE, "time-manager does not answer");
  }
}
