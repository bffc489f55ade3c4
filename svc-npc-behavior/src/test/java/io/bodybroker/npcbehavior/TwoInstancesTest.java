package io.bodybroker.npcbehavior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final List<ServiceHost> hosts = new ArrayList<>();
  private Connection observer;
  private Bus bus;
  private NpcBehaviorClient npcs;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) throws Exception {
    var config =
        BusConfig.builder()
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .callTimeout(Duration.ofSeconds(10))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    observer = Nats.connect(nats.url());
    for (int i = 0; i < 2; i++) {
      var host = ServiceHost.start(new NpcBehaviorModule(), config);
      hosts.add(host);
      assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    }
    bus = Bus.connect(config);
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    npcs = NpcBehaviorClient.on(bus);
  }

  @AfterEach
  void stop() throws Exception {
    bus.close();
    hosts.forEach(ServiceHost::close);
    observer.close();
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

  private List<InteractionRecorded> recorded(String npc) throws Exception {
    var events = new ArrayList<InteractionRecorded>();
    var management = observer.jetStreamManagement();
    long last = management.getStreamInfo("GAME_EVENTS").getStreamState().getLastSequence();
    for (long i = 1; i <= last; i++) {
      var message = management.getMessage("GAME_EVENTS", i);
      if ("evt.npc.interaction.recorded.v1".equals(message.getSubject())) {
        var event = InteractionRecorded.parseFrom(Objects.requireNonNull(message.getData()));
        if (event.getNpcId().equals(npc)) {
          events.add(event);
        }
      }
    }
    return events;
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
    bus.events()
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
    assertNames("npc_id", () -> npcs.getNpc(GetNpcRequest.newBuilder().setNpcId("a b").build()));
    var put = PutPersonalityRequest.newBuilder().setNpcId("guard").setPreset(Preset.GUARD);
    assertNames("preset", () -> npcs.putPersonality(put.clone().clearPreset().build()));
    assertNames("faction", () -> npcs.putPersonality(put.clone().setFaction("a b").build()));
    assertNames("zone_id", () -> npcs.putPersonality(put.clone().setZoneId("a b").build()));
    assertNames("situation", () -> npcs.plan(PlanRequest.newBuilder().setNpcId("guard").build()));
    assertNames("situation.health", () -> npcs.plan(plan(Situation.newBuilder().setHealth(1.1))));
    var entity =
        SituatedEntity.newBuilder().setEntityId("e").setKind(EntityKind.NPC).setDistanceMeters(1);
    assertNames(
        "situation.entities[0].distance_meters",
        () -> npcs.plan(plan(with(entity.clone().setDistanceMeters(-1)))));
    assertNames(
        "situation.entities[0].distance_meters",
        () -> npcs.plan(plan(with(entity.clone().setDistanceMeters(Double.NaN)))));
    assertNames(
        "situation.entities[0].kind", () -> npcs.plan(plan(with(entity.clone().clearKind()))));
    assertNames(
        "situation.entities[0].health", () -> npcs.plan(plan(with(entity.clone().setHealth(2)))));
    assertNames(
        "situation.entities[0].attitude",
        () -> npcs.plan(plan(with(entity.clone().setAttitudeValue(99)))));
    assertNames("kind", () -> npcs.addGoal(AddGoalRequest.newBuilder().setNpcId("guard").build()));
    assertNames(
        "priority",
        () ->
            npcs.addGoal(
                AddGoalRequest.newBuilder()
                    .setNpcId("guard")
                    .setKind(GoalKind.HELP)
                    .setPriority(0)
                    .build()));
    assertNames(
        "action",
        () -> npcs.addDirective(AddDirectiveRequest.newBuilder().setNpcId("guard").build()));
    assertNames(
        "importance",
        () -> npcs.recordInteraction(interaction("guard").toBuilder().setImportance(1.5).build()));
    assertNames(
        "description",
        () ->
            npcs.recordInteraction(
                interaction("guard").toBuilder().setDescription("x".repeat(201)).build()));
    assertNames(
        "page_size",
        () ->
            npcs.listRelationships(
                ListRelationshipsRequest.newBuilder().setNpcId("guard").setPageSize(201).build()));
  }

  private static PlanRequest plan(Situation.Builder situation) {
    return PlanRequest.newBuilder().setNpcId("guard").setSituation(situation).build();
  }

  private static Situation.Builder with(SituatedEntity.Builder entity) {
    return Situation.newBuilder().addEntities(entity);
  }

  private static void assertNames(String field, ThrowingCallable call) {
    var error = catchThrowableOfType(ServiceException.class, call);
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.fieldViolations()).extracting(one -> one.field()).containsExactly(field);
  }
}
