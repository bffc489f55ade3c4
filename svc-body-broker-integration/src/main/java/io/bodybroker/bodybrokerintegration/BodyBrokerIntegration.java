package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.drug.Mixture;
import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPart;
import io.bodybroker.bodybrokerintegration.v1.BodyBrokerIntegrationService;
import io.bodybroker.bodybrokerintegration.v1.BodyPart;
import io.bodybroker.bodybrokerintegration.v1.BookPage;
import io.bodybroker.bodybrokerintegration.v1.BookSubject;
import io.bodybroker.bodybrokerintegration.v1.CompleteDealRequest;
import io.bodybroker.bodybrokerintegration.v1.CompleteDealResponse;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferRequest;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferResponse;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.GetBookRequest;
import io.bodybroker.bodybrokerintegration.v1.GetBookResponse;
import io.bodybroker.bodybrokerintegration.v1.GetDealRequest;
import io.bodybroker.bodybrokerintegration.v1.GetDealResponse;
import io.bodybroker.bodybrokerintegration.v1.GetDebtRequest;
import io.bodybroker.bodybrokerintegration.v1.GetDebtResponse;
import io.bodybroker.bodybrokerintegration.v1.GetFamilyRequest;
import io.bodybroker.bodybrokerintegration.v1.GetFamilyResponse;
import io.bodybroker.bodybrokerintegration.v1.GetMoralityRequest;
import io.bodybroker.bodybrokerintegration.v1.GetMoralityResponse;
import io.bodybroker.bodybrokerintegration.v1.HarvestRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestResponse;
import io.bodybroker.bodybrokerintegration.v1.ListDealsRequest;
import io.bodybroker.bodybrokerintegration.v1.ListDealsResponse;
import io.bodybroker.bodybrokerintegration.v1.ListFamiliesRequest;
import io.bodybroker.bodybrokerintegration.v1.ListFamiliesResponse;
import io.bodybroker.bodybrokerintegration.v1.ListPartsRequest;
import io.bodybroker.bodybrokerintegration.v1.ListPartsResponse;
import io.bodybroker.bodybrokerintegration.v1.MixDrugsRequest;
import io.bodybroker.bodybrokerintegration.v1.MixDrugsResponse;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateResponse;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Preservation;
import io.bodybroker.bodybrokerintegration.v1.PreservePartRequest;
import io.bodybroker.bodybrokerintegration.v1.PreservePartResponse;
import io.bodybroker.bodybrokerintegration.v1.RecordDeathRequest;
import io.bodybroker.bodybrokerintegration.v1.RecordDeathResponse;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.bodybrokerintegration.v1.RecordKillResponse;
import io.bodybroker.bodybrokerintegration.v1.RespawnRequest;
import io.bodybroker.bodybrokerintegration.v1.RespawnResponse;
import io.bodybroker.bodybrokerintegration.v1.RetrieveCorpseRequest;
import io.bodybroker.bodybrokerintegration.v1.RetrieveCorpseResponse;
import io.bodybroker.bodybrokerintegration.v1.VoidDealRequest;
import io.bodybroker.bodybrokerintegration.v1.VoidDealResponse;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;

/**
 * Answers the calls to body-broker-integration. Stateless: everything is in the stores, so any
 * instance answers any call.
 */
public final class BodyBrokerIntegration implements BodyBrokerIntegrationService {
  private static final int PARTS_PAGE = 50;
  private static final int DEALS_PAGE = 20;

  private final Brokers brokers;
  private final Targets targets;
  private final Deals deals;
  private final DealTable table;
  private final DealDesk desk;
  private final Worlds worlds;
  private final InstantSource time;

  BodyBrokerIntegration(
      Brokers brokers,
      Targets targets,
      Deals deals,
      DealTable table,
      DealDesk desk,
      Worlds worlds,
      InstantSource time) {
    this.brokers = brokers;
    this.targets = targets;
    this.deals = deals;
    this.table = table;
    this.desk = desk;
    this.worlds = worlds;
    this.time = time;
  }

  @Override
  public RecordKillResponse recordKill(RecordKillRequest request, CallContext call) {
    var now = worlds.now(request.getWorldId());
    var kill = targets.record(Kill.of(request, now, time.instant()));
    var broker = brokers.read(request.getPlayerId());
    var corpse =
        Kill.find(broker.stored(), request.getWorldId(), request.getTargetId())
            .orElse(kill.target().getCorpse());
    return RecordKillResponse.newBuilder()
        .setCorpse(Kill.wire(corpse))
        .setMorality(Wire.morality(broker))
        .build();
  }

  @Override
  public HarvestResponse harvest(HarvestRequest request, CallContext call) {
    var harvesting = Harvesting.of(request);
    var now = worlds.now(request.getWorldId());
    return brokers.once(
        request.getPlayerId(),
        IdempotentCall.of(call, request),
        HarvestResponse.getDefaultInstance(),
        broker -> {
          var after = harvesting.by(broker, worlds, now, time.instant());
          return new Brokers.Change<>(after, harvesting.answer(broker, after, now));
        });
  }

  @Override
  public ListPartsResponse listParts(ListPartsRequest request, CallContext call) {
    long after = request.getPageToken().isEmpty() ? 0 : Parts.number(request.getPageToken());
    int size = request.getPageSize() == 0 ? PARTS_PAGE : request.getPageSize();
    var matching =
        brokers.read(request.getPlayerId()).stored().getPartsList().stream()
            .filter(part -> part.getNumber() > after)
            .sorted(Comparator.comparingLong(StoredPart::getNumber))
            .map(part -> Parts.wire(part, worlds.now(part.getWorldId())))
            .filter(part -> matches(part, request))
            .limit(size + 1L)
            .toList();
    var page = matching.subList(0, Math.min(size, matching.size()));
    var answer = ListPartsResponse.newBuilder().addAllParts(page);
    if (matching.size() > size) {
      answer.setNextPageToken(page.getLast().getPartId());
    }
    return answer.build();
  }

  private static boolean matches(BodyPart part, ListPartsRequest request) {
    boolean isType =
        request.getType() == PartType.PART_TYPE_UNSPECIFIED || part.getType() == request.getType();
    return isType && (request.getIncludeDecayed() || part.getState() != PartState.DECAYED);
  }

  @Override
  public PreservePartResponse preservePart(PreservePartRequest request, CallContext call) {
    var id = request.getPartId();
    var world = brokers.read(request.getPlayerId()).requirePart(id).getWorldId();
    var now = worlds.now(world);
    brokers.update(
        request.getPlayerId(), broker -> preserved(broker, id, request.getPreservation(), now));
    var part = brokers.read(request.getPlayerId()).requirePart(id);
    return PreservePartResponse.newBuilder().setPart(Parts.wire(part, now)).build();
  }

  private static Broker preserved(
      Broker broker, String id, Preservation preservation, WorldNow now) {
    var part = broker.requirePart(id);
    if (part.getPreservation() == preservation) {
      return broker;
    }
    if (part.getPreservation() != Preservation.PRESERVATION_UNSPECIFIED) {
      throw Parts.refused("part \"%s\" is kept in %s".formatted(id, part.getPreservation()));
    }
    Parts.requireUsable(part, now);
    return broker.withParts(
        held -> Optional.of(held.equals(part) ? Parts.preserved(part, preservation) : held));
  }

  @Override
  public ListFamiliesResponse listFamilies(ListFamiliesRequest request, CallContext call) {
    var broker = brokers.read(request.getPlayerId());
    return ListFamiliesResponse.newBuilder()
        .addAllFamilies(
            Profile.all().stream()
                .map(family -> Wire.standing(broker, family))
                .filter(family -> family.getUnlocked() || !request.getUnlockedOnly())
                .toList())
        .build();
  }

  @Override
  public GetFamilyResponse getFamily(GetFamilyRequest request, CallContext call) {
    var broker = brokers.read(request.getPlayerId());
    return GetFamilyResponse.newBuilder()
        .setFamily(Wire.standing(broker, Profile.of(request.getFamily())))
        .build();
  }

  @Override
  public NegotiateResponse negotiate(NegotiateRequest request, CallContext call) {
    return table.negotiate(request, IdempotentCall.of(call, request));
  }

  @Override
  public CounterOfferResponse counterOffer(CounterOfferRequest request, CallContext call) {
    return table.counter(request, IdempotentCall.of(call, request));
  }

  @Override
  public CompleteDealResponse completeDeal(CompleteDealRequest request, CallContext call) {
    var deal = desk.complete(request.getPlayerId(), request.getDealId(), call);
    return CompleteDealResponse.newBuilder().setDeal(Deals.wire(deal, time.instant())).build();
  }

  @Override
  public GetDealResponse getDeal(GetDealRequest request, CallContext call) {
    var deal = deals.require(request.getPlayerId(), request.getDealId()).value();
    return GetDealResponse.newBuilder().setDeal(Deals.wire(deal, time.instant())).build();
  }

  @Override
  public ListDealsResponse listDeals(ListDealsRequest request, CallContext call) {
    var before = request.getPageToken();
    int size = request.getPageSize() == 0 ? DEALS_PAGE : request.getPageSize();
    var now = time.instant();
    var matching =
        deals.of(request.getPlayerId()).stream()
            .filter(deal -> before.isEmpty() || Deals.number(deal) < Parts.number(before))
            .map(deal -> Deals.wire(deal, now))
            .filter(deal ->
                request.getState() == DealState.DEAL_STATE_UNSPECIFIED
                    || deal.getState() == request.getState())
            .limit(size + 1L)
            .toList();
    var page = matching.subList(0, Math.min(size, matching.size()));
    var answer = ListDealsResponse.newBuilder().addAllDeals(page);
    if (matching.size() > size) {
      answer.setNextPageToken(page.getLast().getDealId());
    }
    return answer.build();
  }

  @Override
  public VoidDealResponse voidDeal(VoidDealRequest request, CallContext call) {
    var deal = desk.walkAway(request.getPlayerId(), request.getDealId());
    return VoidDealResponse.newBuilder().setDeal(Deals.wire(deal, time.instant())).build();
  }

  @Override
  public GetBookResponse getBook(GetBookRequest request, CallContext call) {
    var pages = brokers.read(request.getPlayerId()).stored().getPagesList();
    return GetBookResponse.newBuilder()
        .addAllPages(
            pages.stream()
                .map(Wire::page)
                .filter(page ->
                    request.getSubject() == BookSubject.BOOK_SUBJECT_UNSPECIFIED
                        || page.getSubject() == request.getSubject())
                .sorted(Comparator.comparing(BookPage::getSubject).thenComparing(BookPage::getName))
                .toList())
        .build();
  }

  @Override
  public GetMoralityResponse getMorality(GetMoralityRequest request, CallContext call) {
    return GetMoralityResponse.newBuilder()
        .setMorality(Wire.morality(brokers.read(request.getPlayerId())))
        .build();
  }

  @Override
  public MixDrugsResponse mixDrugs(MixDrugsRequest request, CallContext call) {
    var mixture = Mixture.of(request.getFirst(), request.getSecond());
    double first = request.hasFirstQuality() ? request.getFirstQuality() : 1;
    double second = request.hasSecondQuality() ? request.getSecondQuality() : 1;
    return MixDrugsResponse.newBuilder()
        .setReacts(mixture.reacts())
        .setLethal(mixture.lethal())
        .setEffect(mixture.effect())
        .setMultiplier(mixture.multiplier())
        .setQuality(Parts.rounded(mixture.quality(first, second)))
        .setQuantity(
            mixture.quantity(
                Math.max(1, request.getFirstQuantity()), Math.max(1, request.getSecondQuantity())))
        .build();
  }

  @Override
  public GetDebtResponse getDebt(GetDebtRequest request, CallContext call) {
    return GetDebtResponse.newBuilder()
        .setDebt(Wire.debt(brokers.read(request.getPlayerId())))
        .build();
  }

  @Override
  public RecordDeathResponse recordDeath(RecordDeathRequest request, CallContext call) {
    brokers.update(
        request.getPlayerId(),
        broker ->
            broker.debt().isEcho()
                ? broker
                : broker
                    .with(broker.debt().died())
                    .lyingIn(request.getWorldId(), request.getZoneId()));
    return RecordDeathResponse.newBuilder()
        .setDebt(Wire.debt(brokers.read(request.getPlayerId())))
        .build();
  }

  @Override
  public RespawnResponse respawn(RespawnRequest request, CallContext call) {
    brokers.update(request.getPlayerId(), broker -> broker.with(broker.debt().respawned()));
    return RespawnResponse.newBuilder()
        .setDebt(Wire.debt(brokers.read(request.getPlayerId())))
        .build();
  }

  @Override
  public RetrieveCorpseResponse retrieveCorpse(RetrieveCorpseRequest request, CallContext call) {
    return brokers.once(
        request.getPlayerId(),
        IdempotentCall.of(call, request),
        RetrieveCorpseResponse.getDefaultInstance(),
        broker -> {
          var after = Retrieval.of(broker, request.getBribePartId(), worlds);
          var answer = RetrieveCorpseResponse.newBuilder().setDebt(Wire.debt(after)).build();
          return new Brokers.Change<>(after, answer);
        });
  }
}
