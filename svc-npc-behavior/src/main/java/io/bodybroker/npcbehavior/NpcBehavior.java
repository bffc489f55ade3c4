package io.bodybroker.npcbehavior;

import io.bodybroker.npcbehavior.Npcs.Next;
import io.bodybroker.npcbehavior.mind.Planner;
import io.bodybroker.npcbehavior.v1.AddDirectiveRequest;
import io.bodybroker.npcbehavior.v1.AddDirectiveResponse;
import io.bodybroker.npcbehavior.v1.AddGoalRequest;
import io.bodybroker.npcbehavior.v1.AddGoalResponse;
import io.bodybroker.npcbehavior.v1.GetNpcRequest;
import io.bodybroker.npcbehavior.v1.GetNpcResponse;
import io.bodybroker.npcbehavior.v1.GetRelationshipRequest;
import io.bodybroker.npcbehavior.v1.GetRelationshipResponse;
import io.bodybroker.npcbehavior.v1.ListRelationshipsRequest;
import io.bodybroker.npcbehavior.v1.ListRelationshipsResponse;
import io.bodybroker.npcbehavior.v1.NpcBehaviorService;
import io.bodybroker.npcbehavior.v1.Personality;
import io.bodybroker.npcbehavior.v1.PlanRequest;
import io.bodybroker.npcbehavior.v1.PlanResponse;
import io.bodybroker.npcbehavior.v1.PreviewPlanRequest;
import io.bodybroker.npcbehavior.v1.PreviewPlanResponse;
import io.bodybroker.npcbehavior.v1.PutPersonalityRequest;
import io.bodybroker.npcbehavior.v1.PutPersonalityResponse;
import io.bodybroker.npcbehavior.v1.RecordInteractionRequest;
import io.bodybroker.npcbehavior.v1.RecordInteractionResponse;
import io.bodybroker.npcbehavior.v1.Relationship;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Answers the calls to npc-behavior. Stateless: everything is in the stores, so any instance
 * answers any call.
 */
public final class NpcBehavior implements NpcBehaviorService {
  private static final int USUAL_PAGE_SIZE = 50;

  private final Npcs npcs;
  private final Homes homes;
  private final InstantSource time;

  NpcBehavior(Npcs npcs, Homes homes, InstantSource time) {
    this.npcs = npcs;
    this.homes = homes;
    this.time = time;
  }

  @Override
  public GetNpcResponse getNpc(GetNpcRequest request, CallContext call) {
    var mind =
        request.hasMinVersion()
            ? npcs.read(request.getNpcId(), request.getMinVersion())
            : npcs.read(request.getNpcId());
    return GetNpcResponse.newBuilder().setNpc(mind.npc(time.instant())).build();
  }

  @Override
  public PutPersonalityResponse putPersonality(PutPersonalityRequest request, CallContext call) {
    var personality = Requests.personality(request);
    homes.movingIn(request.getNpcId(), personality);
    var before = new AtomicReference<Personality>();
    var mind =
        npcs.change(
            request.getNpcId(),
            old -> {
              before.set(old.personality());
              return old.described(personality);
            });
    homes.moved(
        request.getNpcId(),
        before.get(),
        personality,
        () -> npcs.read(request.getNpcId()).personality());
    return PutPersonalityResponse.newBuilder().setNpc(mind.npc(time.instant())).build();
  }

  @Override
  public PlanResponse plan(PlanRequest request, CallContext call) {
    var now = time.instant();
    return npcs.change(
        request.getNpcId(),
        IdempotentCall.of(call, request),
        PlanResponse.getDefaultInstance(),
        mind -> {
          var plan = Planner.plan(mind, request.getSituation(), request.getSeed(), now);
          return new Next<>(
              mind.deciding(plan, now), PlanResponse.newBuilder().setPlan(plan).build());
        });
  }

  @Override
  public PreviewPlanResponse previewPlan(PreviewPlanRequest request, CallContext call) {
    var mind = npcs.read(request.getNpcId());
    var plan = Planner.plan(mind, request.getSituation(), request.getSeed(), time.instant());
    return PreviewPlanResponse.newBuilder().setPlan(plan).build();
  }

  @Override
  public AddGoalResponse addGoal(AddGoalRequest request, CallContext call) {
    return npcs.change(
        request.getNpcId(),
        IdempotentCall.of(call, request),
        AddGoalResponse.getDefaultInstance(),
        mind -> {
          var next = mind.wanting(Requests.goal(request));
          return new Next<>(next, AddGoalResponse.newBuilder().addAllGoals(next.goals()).build());
        });
  }

  @Override
  public AddDirectiveResponse addDirective(AddDirectiveRequest request, CallContext call) {
    var now = time.instant();
    var target = Requests.target(request);
    var lifetime = Requests.lifetime(request);
    return npcs.change(
        request.getNpcId(),
        IdempotentCall.of(call, request),
        AddDirectiveResponse.getDefaultInstance(),
        mind -> {
          var next =
              mind.told(request.getAction(), target, Requests.priority(request), lifetime, now);
          return new Next<>(
              next,
              AddDirectiveResponse.newBuilder().addAllDirectives(next.directives(now)).build());
        });
  }

  @Override
  public RecordInteractionResponse recordInteraction(
      RecordInteractionRequest request, CallContext call) {
    var encounter = Requests.encounter(request, time.instant());
    return npcs.change(
        request.getNpcId(),
        IdempotentCall.of(call, request),
        RecordInteractionResponse.getDefaultInstance(),
        mind -> {
          var next = mind.after(encounter);
          return new Next<>(
              next,
              RecordInteractionResponse.newBuilder()
                  .setRelationship(next.relationship(encounter.other()))
                  .setRemembered(encounter.isWorthRemembering())
                  .build());
        });
  }

  @Override
  public GetRelationshipResponse getRelationship(GetRelationshipRequest request, CallContext call) {
    var relationship = npcs.read(request.getNpcId()).relationship(request.getOtherId());
    return GetRelationshipResponse.newBuilder().setRelationship(relationship).build();
  }

  @Override
  public ListRelationshipsResponse listRelationships(
      ListRelationshipsRequest request, CallContext call) {
    int size = request.getPageSize() == 0 ? USUAL_PAGE_SIZE : request.getPageSize();
    List<Relationship> rest =
        npcs.read(request.getNpcId()).relationships().stream()
            .filter(one -> one.getOtherId().compareTo(request.getPageToken()) > 0)
            .limit(size + 1L)
            .toList();
    var page = rest.subList(0, Math.min(size, rest.size()));
    var answer = ListRelationshipsResponse.newBuilder().addAllRelationships(page);
    if (rest.size() > size) {
      answer.setNextPageToken(page.getLast().getOtherId());
    }
    return answer.build();
  }
}
