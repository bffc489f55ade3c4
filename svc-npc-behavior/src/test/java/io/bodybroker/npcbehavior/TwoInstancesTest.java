package io.bodybroker.npcbehavior;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.Corpse;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.npcbehavior.v1.AddDirectiveRequest;
import io.bodybroker.npcbehavior.v1.AddGoalRequest;
import io.bodybroker.npcbehavior.v1.BehaviorPlan;
import io.bodybroker.npcbehavior.v1.EntityKind;
import io.bodybroker.npcbehavior.v1.GetNpcRequest;
import io.bodybroker.npcbehavior.v1.GetRelationshipRequest;
import io.bodybroker.npcbehavior.v1.GoalKind;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.InteractionRecorded;
import io.bodybroker.npcbehavior.v1.ListRelationshipsRequest;
import io.bodybroker.npcbehavior.v1.NpcBehaviorClient;
import io.bodybroker.npcbehavior.v1.PlanRequest;
import io.bodybroker.npcbehavior.v1.Preset;
import io.bodybroker.npcbehavior.v1.PreviewPlanRequest;
import io.bodybroker.npcbehavior.v1.PutPersonalityRequest;
import io.bodybroker.npcbehavior.v1.RecordInteractionRequest;
import io.bodybroker.npcbehavior.v1.RecordInteractionResponse;
import io.bodybroker.npcbehavior.v1.Relationship;
import io.bodybroker.npcbehavior.v1.SituatedEntity;
import io.bodybroker.npcbehavior.v1.Situation;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private RunningService service;
  private NpcBehaviorClient npcs;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service = RunningService.of(NpcBehaviorModule::new).start(nats, redis);
    npcs = NpcBehaviorClient.on(service.bus());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static RecordInteractionRequest interaction(String npc) {
    return RecordInteractionRequest.newBuilder()
        .setNpcId(npc)
        .setOtherId("ada")
        .setKind(InteractionKind.TALK)
        .build();
  }

  private Relationship relationship(String npc) {
    return npcs.getRelationship(
            GetRelationshipRequest.newBuilder().setNpcId(npc).setOtherId("ada").build())
        .getRelationship();
  }

  private List<InteractionRecorded> recorded(String npc) {
    return service.published(InteractionRecorded.getDefaultInstance()).stream()
        .filter(event -> event.getNpcId().equals(npc))
        .toList();
  }

  @Test
  void loseNoneOfManyRacingInteractionsAndTellEachOnce() throws Exception {
    var calls = new ArrayList<CompletableFuture<RecordInteractionResponse>>();
    for (int i = 0; i < 40; i++) {
      calls.add(npcs.recordInteractionAsync(interaction("crowded")));
    }
    for (CompletableFuture<RecordInteractionResponse> call : calls) {
      call.get();
    }
    assertThat(relationship("crowded").getInteractions()).isEqualTo(40);
    Await.untilSeen(BOUND, "events", () -> recorded("crowded").size(), count -> count >= 40);
    var events = recorded("crowded");
    assertThat(events).hasSize(40);
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).getOldScore()).isEqualTo(events.get(i - 1).getNewScore());
    }
  }

  @Test
  void makeTheSamePlan() {
    var request =
        PreviewPlanRequest.newBuilder()
            .setNpcId("thinker")
            .setSeed(7)
            .setSituation(
                Situation.newBuilder()
                    .addEntities(
                        SituatedEntity.newBuilder()
                            .setEntityId("a")
                            .setKind(EntityKind.NPC)
                            .setDistanceMeters(3))
                    .addEntities(
                        SituatedEntity.newBuilder()
                            .setEntityId("b")
                            .setKind(EntityKind.NPC)
                            .setDistanceMeters(3)))
            .build();
    var plans = new HashSet<BehaviorPlan>();
    for (int i = 0; i < 20; i++) {
      plans.add(npcs.previewPlan(request).getPlan());
    }
    assertThat(plans).hasSize(1);
  }

  @Test
  void letWhoLivesThereRememberAKill() throws Exception {
    npcs.putPersonality(
        PutPersonalityRequest.newBuilder()
            .setNpcId("witness")
            .setPreset(Preset.MERCHANT)
            .setWorldId("veridian")
            .setZoneId("harbour")
            .build());
    service
        .bus()
        .events()
        .publish(
            KillRecorded.newBuilder()
                .setPlayerId("ada")
                .setWitnessed(true)
                .setCorpse(
                    Corpse.newBuilder()
                        .setWorldId("veridian")
                        .setZoneId("harbour")
                        .setTargetId("victim"))
                .setRecordedAt(ProtoTimes.timestamp(Instant.EPOCH))
                .build(),
            "kill-1");
    Await.untilSeen(
        BOUND,
        "interactions",
        () -> relationship("witness").getInteractions(),
        count -> count == 1);
    Await.untilSeen(BOUND, "events", () -> recorded("witness").size(), count -> count == 1);
    assertThat(relationship("witness").getSentiments().getFear()).isEqualTo(0.4);
  }

  @Test
  void refuseWhatTheContractForbids() {
    assertRefuses(() -> npcs.getNpc(GetNpcRequest.newBuilder().setNpcId("a b").build()), "npc_id");
    var put = PutPersonalityRequest.newBuilder().setNpcId("guard").setPreset(Preset.GUARD);
    assertRefuses(() -> npcs.putPersonality(put.clone().clearPreset().build()), "preset");
    assertRefuses(() -> npcs.putPersonality(put.clone().setFaction("a b").build()), "faction");
    assertRefuses(() -> npcs.putPersonality(put.clone().setZoneId("a b").build()), "zone_id");
    assertRefuses(() -> npcs.plan(PlanRequest.newBuilder().setNpcId("guard").build()), "situation");
    assertRefuses(() -> npcs.plan(plan(Situation.newBuilder().setHealth(1.1))), "situation.health");
    var entity =
        SituatedEntity.newBuilder().setEntityId("e").setKind(EntityKind.NPC).setDistanceMeters(1);
    assertRefuses(
        () -> npcs.plan(plan(with(entity.clone().setDistanceMeters(-1)))),
        "situation.entities[0].distance_meters");
    assertRefuses(
        () -> npcs.plan(plan(with(entity.clone().setDistanceMeters(Double.NaN)))),
        "situation.entities[0].distance_meters");
    assertRefuses(
        () -> npcs.plan(plan(with(entity.clone().clearKind()))), "situation.entities[0].kind");
    assertRefuses(
        () -> npcs.plan(plan(with(entity.clone().setHealth(2)))), "situation.entities[0].health");
    assertRefuses(
        () -> npcs.plan(plan(with(entity.clone().setAttitudeValue(99)))),
        "situation.entities[0].attitude");
    assertRefuses(
        () -> npcs.addGoal(AddGoalRequest.newBuilder().setNpcId("guard").build()), "kind");
    assertRefuses(
        () ->
            npcs.addGoal(
                AddGoalRequest.newBuilder()
                    .setNpcId("guard")
                    .setKind(GoalKind.HELP)
                    .setPriority(0)
                    .build()),
        "priority");
    assertRefuses(
        () -> npcs.addDirective(AddDirectiveRequest.newBuilder().setNpcId("guard").build()),
        "action");
    assertRefuses(
        () -> npcs.recordInteraction(interaction("guard").toBuilder().setImportance(1.5).build()),
        "importance");
    assertRefuses(
        () ->
            npcs.recordInteraction(
                interaction("guard").toBuilder().setDescription("x".repeat(201)).build()),
        "description");
    assertRefuses(
        () ->
            npcs.listRelationships(
                ListRelationshipsRequest.newBuilder().setNpcId("guard").setPageSize(201).build()),
        "page_size");
  }

  private static PlanRequest plan(Situation.Builder situation) {
    return PlanRequest.newBuilder().setNpcId("guard").setSituation(situation).build();
  }

  private static Situation.Builder with(SituatedEntity.Builder entity) {
    return Situation.newBuilder().addEntities(entity);
  }
}
