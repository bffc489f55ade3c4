package io.bodybroker.worldstate;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.worldstate.society.Market;
import io.bodybroker.worldstate.society.Member;
import io.bodybroker.worldstate.society.Pair;
import io.bodybroker.worldstate.society.Society;
import io.bodybroker.worldstate.v1.AdjustPowerRequest;
import io.bodybroker.worldstate.v1.AdjustPowerResponse;
import io.bodybroker.worldstate.v1.AdjustRelationshipRequest;
import io.bodybroker.worldstate.v1.AdjustRelationshipResponse;
import io.bodybroker.worldstate.v1.BatchUpdateEntitiesRequest;
import io.bodybroker.worldstate.v1.BatchUpdateEntitiesResponse;
import io.bodybroker.worldstate.v1.ClaimTerritoryRequest;
import io.bodybroker.worldstate.v1.ClaimTerritoryResponse;
import io.bodybroker.worldstate.v1.DeleteEntityRequest;
import io.bodybroker.worldstate.v1.DeleteEntityResponse;
import io.bodybroker.worldstate.v1.EconomicEvent;
import io.bodybroker.worldstate.v1.GetEconomyRequest;
import io.bodybroker.worldstate.v1.GetEconomyResponse;
import io.bodybroker.worldstate.v1.GetEntityRequest;
import io.bodybroker.worldstate.v1.GetEntityResponse;
import io.bodybroker.worldstate.v1.GetFlagsRequest;
import io.bodybroker.worldstate.v1.GetFlagsResponse;
import io.bodybroker.worldstate.v1.ListConflictsRequest;
import io.bodybroker.worldstate.v1.ListConflictsResponse;
import io.bodybroker.worldstate.v1.ListEntitiesRequest;
import io.bodybroker.worldstate.v1.ListEntitiesResponse;
import io.bodybroker.worldstate.v1.ListFactionsRequest;
import io.bodybroker.worldstate.v1.ListFactionsResponse;
import io.bodybroker.worldstate.v1.ListTerritoriesRequest;
import io.bodybroker.worldstate.v1.ListTerritoriesResponse;
import io.bodybroker.worldstate.v1.ListWorldEventsRequest;
import io.bodybroker.worldstate.v1.ListWorldEventsResponse;
import io.bodybroker.worldstate.v1.PutFactionRequest;
import io.bodybroker.worldstate.v1.PutFactionResponse;
import io.bodybroker.worldstate.v1.QuoteTradeRequest;
import io.bodybroker.worldstate.v1.QuoteTradeResponse;
import io.bodybroker.worldstate.v1.ResolveConflictRequest;
import io.bodybroker.worldstate.v1.ResolveConflictResponse;
import io.bodybroker.worldstate.v1.StartWorldEventRequest;
import io.bodybroker.worldstate.v1.StartWorldEventResponse;
import io.bodybroker.worldstate.v1.TriggerEconomicEventRequest;
import io.bodybroker.worldstate.v1.TriggerEconomicEventResponse;
import io.bodybroker.worldstate.v1.UpdateEntityRequest;
import io.bodybroker.worldstate.v1.UpdateEntityResponse;
import io.bodybroker.worldstate.v1.UpdateFlagsRequest;
import io.bodybroker.worldstate.v1.UpdateFlagsResponse;
import io.bodybroker.worldstate.v1.WatchEntitiesRequest;
import io.bodybroker.worldstate.v1.WatchEntitiesResponse;
import io.bodybroker.worldstate.v1.WorldStateService;
import java.util.Objects;

/**
 * Answers the calls to world-state. Stateless: everything is in the stores, so any instance answers
 * any call.
 */
public final class WorldState implements WorldStateService {
  /** How strong a world event is that somebody starts without saying so. */
  private static final double USUAL_INTENSITY = 0.5;

  private final Entities entities;
  private final EntityCommits commits;
  private final EntityWatch watch;
  private final Flags flags;
  private final Societies societies;

  WorldState(
      Entities entities,
      EntityCommits commits,
      EntityWatch watch,
      Flags flags,
      Societies societies) {
    this.entities = entities;
    this.commits = commits;
    this.watch = watch;
    this.flags = flags;
    this.societies = societies;
  }

  @Override
  public GetEntityResponse getEntity(GetEntityRequest request, CallContext call) {
    var key = new EntityKey(request.getWorldId(), request.getEntityId());
    var document =
        request.hasMinVersion() ? entities.get(key, request.getMinVersion()) : entities.get(key);
    if (!document.exists()) {
      throw document.notFound(key);
    }
    return GetEntityResponse.newBuilder().setEntity(document.entity()).build();
  }

  @Override
  public ListEntitiesResponse listEntities(ListEntitiesRequest request, CallContext call) {
    return entities.page(request);
  }

  @Override
  public UpdateEntityResponse updateEntity(UpdateEntityRequest request, CallContext call) {
    return commits.update(
        new EntityKey(request.getWorldId(), request.getEntityId()),
        new EntityChangeRequest(request.getUpdate(), "update"),
        IdempotentCall.of(call, request));
  }

  @Override
  public BatchUpdateEntitiesResponse batchUpdateEntities(
      BatchUpdateEntitiesRequest request, CallContext call) {
    return commits.update(request, IdempotentCall.of(call, request));
  }

  @Override
  public DeleteEntityResponse deleteEntity(DeleteEntityRequest request, CallContext call) {
    var deletion = commits.delete(request, IdempotentCall.of(call, request));
    return DeleteEntityResponse.newBuilder()
        .setVersion(deletion.getVersion())
        .setUpdatedAt(deletion.getUpdatedAt())
        .build();
  }

  @Override
  public void watchEntities(
      WatchEntitiesRequest request,
      CallContext call,
      ResponseWriter<WatchEntitiesResponse> responses)
      throws InterruptedException {
    watch.run(request, responses);
  }

  @Override
  public GetFlagsResponse getFlags(GetFlagsRequest request, CallContext call) {
    return flags.get(request.getWorldId());
  }

  @Override
  public UpdateFlagsResponse updateFlags(UpdateFlagsRequest request, CallContext call) {
    return flags.update(request, IdempotentCall.of(call, request));
  }

  @Override
  public GetEconomyResponse getEconomy(GetEconomyRequest request, CallContext call) {
    return SocietyAnswers.economy(societies.get(request.getWorldId()));
  }

  @Override
  public QuoteTradeResponse quoteTrade(QuoteTradeRequest request, CallContext call) {
    var society = societies.get(request.getWorldId());
    double relationship = relationship(request, society);
    return QuoteTradeResponse.newBuilder()
        .setValue(
            society.market().value(request.getResource(), request.getQuantity(), relationship))
        .setUnitPrice(society.market().price(request.getResource()).getPrice())
        .setDiscount(Market.discount(relationship))
        .build();
  }

  private static double relationship(QuoteTradeRequest request, Society society) {
    var seller = request.getSellerFactionId();
    var buyer = request.getBuyerFactionId();
    if (seller.isEmpty() != buyer.isEmpty()) {
      throw seller.isEmpty()
          ? ServiceException.invalidArgument(
              "seller_faction_id", "", "a faction, since there is a buyer")
          : ServiceException.invalidArgument(
              "buyer_faction_id", "", "a faction, since there is a seller");
    }
    if (seller.isEmpty()) {
      return 0;
    }
    for (String faction : new String[] {seller, buyer}) {
      if (!society.powers().factions().containsKey(faction)) {
        throw ServiceException.notFound("faction", faction);
      }
    }
    return society.powers().relationship(seller, buyer);
  }

  @Override
  public TriggerEconomicEventResponse triggerEconomicEvent(
      TriggerEconomicEventRequest request, CallContext call) {
    var event =
        EconomicEvent.newBuilder()
            .setType(request.getType())
            .setIntensity(request.hasIntensity() ? request.getIntensity() : 1)
            .setResource(request.getResource())
            .build();
    return societies.change(
        request.getWorldId(),
        IdempotentCall.of(call, request),
        TriggerEconomicEventResponse.getDefaultInstance(),
        before -> {
          var after = before.after(event);
          return new Societies.Changed<>(
              after,
              TriggerEconomicEventResponse.newBuilder()
                  .setEconomy(after.market().economy())
                  .setVersion(after.version())
                  .build());
        });
  }

  @Override
  public ListFactionsResponse listFactions(ListFactionsRequest request, CallContext call) {
    return SocietyAnswers.factions(societies.get(request.getWorldId()));
  }

  @Override
  public PutFactionResponse putFaction(PutFactionRequest request, CallContext call) {
    return societies.change(
        request.getWorldId(),
        IdempotentCall.of(call, request),
        PutFactionResponse.getDefaultInstance(),
        before -> {
          var old = before.factionOrNew(request.getFactionId());
          var after =
              before.withFaction(
                  new Member(
                      old.id(),
                      request.getName().isEmpty() ? old.name() : request.getName(),
                      request.hasPowerLevel() ? request.getPowerLevel() : old.level(),
                      request.hasMembers() ? request.getMembers() : old.members(),
                      request.hasAverageLevel() ? request.getAverageLevel() : old.averageLevel()));
          return new Societies.Changed<>(
              after,
              PutFactionResponse.newBuilder()
                  .setFaction(SocietyAnswers.faction(after.powers(), old.id()))
                  .setVersion(after.version())
                  .build());
        });
  }

  @Override
  public AdjustPowerResponse adjustPower(AdjustPowerRequest request, CallContext call) {
    return societies.change(
        request.getWorldId(),
        IdempotentCall.of(call, request),
        AdjustPowerResponse.getDefaultInstance(),
        before -> {
          var after = before.withPower(request.getFactionId(), request.getDelta());
          return new Societies.Changed<>(
              after,
              AdjustPowerResponse.newBuilder()
                  .setFaction(SocietyAnswers.faction(after.powers(), request.getFactionId()))
                  .setVersion(after.version())
                  .build());
        });
  }

  @Override
  public AdjustRelationshipResponse adjustRelationship(
      AdjustRelationshipRequest request, CallContext call) {
    var pair = pair(request.getFactionId(), request.getOtherFactionId());
    return societies.change(
        request.getWorldId(),
        IdempotentCall.of(call, request),
        AdjustRelationshipResponse.getDefaultInstance(),
        before -> {
          var after = before.withRelationship(pair, request.getDelta());
          return new Societies.Changed<>(
              after,
              AdjustRelationshipResponse.newBuilder()
                  .setValue(after.powers().relationship(pair.first(), pair.second()))
                  .setVersion(after.version())
                  .build());
        });
  }

  private static Pair pair(String one, String other) {
    if (one.equals(other)) {
      throw ServiceException.invalidArgument("other_faction_id", other, "another faction");
    }
    return Pair.of(one, other);
  }

  @Override
  public ListConflictsResponse listConflicts(ListConflictsRequest request, CallContext call) {
    return SocietyAnswers.conflicts(societies.get(request.getWorldId()));
  }

  @Override
  public ResolveConflictResponse resolveConflict(ResolveConflictRequest request, CallContext call) {
    var pair = pair(request.getFactionId(), request.getOtherFactionId());
    return societies.change(
        request.getWorldId(),
        IdempotentCall.of(call, request),
        ResolveConflictResponse.getDefaultInstance(),
        before -> {
          var after = before.resolved(pair, request.getResolution());
          return new Societies.Changed<>(
              after,
              ResolveConflictResponse.newBuilder()
                  .setValue(after.powers().relationship(pair.first(), pair.second()))
                  .setInConflict(after.powers().isConflict(pair.first(), pair.second()))
                  .setVersion(after.version())
                  .build());
        });
  }

  @Override
  public ListTerritoriesResponse listTerritories(ListTerritoriesRequest request, CallContext call) {
    return SocietyAnswers.territories(societies.get(request.getWorldId()));
  }

  @Override
  public ClaimTerritoryResponse claimTerritory(ClaimTerritoryRequest request, CallContext call) {
    return societies.change(
        request.getWorldId(),
        IdempotentCall.of(call, request),
        ClaimTerritoryResponse.getDefaultInstance(),
        before -> {
          var claimed =
              before.claimed(
                  request.getTerritoryId(), request.getFactionId(), request.getMembers());
          var territories = claimed.after().powers().territories();
          return new Societies.Changed<>(
              claimed.after(),
              ClaimTerritoryResponse.newBuilder()
                  .setOwned(claimed.claim().isOwned())
                  .setTerritory(Objects.requireNonNull(territories.get(request.getTerritoryId())))
                  .setStrength(claimed.claim().strength())
                  .setOwnerStrength(claimed.claim().ownerStrength())
                  .setVersion(claimed.after().version())
                  .build());
        });
  }

  @Override
  public ListWorldEventsResponse listWorldEvents(ListWorldEventsRequest request, CallContext call) {
    return SocietyAnswers.events(societies.get(request.getWorldId()), request.getActiveOnly());
  }

  @Override
  public StartWorldEventResponse startWorldEvent(StartWorldEventRequest request, CallContext call) {
    double intensity = request.hasIntensity() ? request.getIntensity() : USUAL_INTENSITY;
    return societies.change(
        request.getWorldId(),
        IdempotentCall.of(call, request),
        StartWorldEventResponse.getDefaultInstance(),
        before -> {
          var after = before.begun(request.getType(), intensity);
          return new Societies.Changed<>(
              after,
              StartWorldEventResponse.newBuilder()
                  .setEvent(after.events().getFirst())
                  .setVersion(after.version())
                  .build());
        });
  }
}
