package io.bodybroker.npcbehavior;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.v1.Corpse;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.npcbehavior.state.v1.StoredHome;
import io.bodybroker.npcbehavior.state.v1.StoredNpc;
import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.AddDirectiveRequest;
import io.bodybroker.npcbehavior.v1.AddGoalRequest;
import io.bodybroker.npcbehavior.v1.Attitude;
import io.bodybroker.npcbehavior.v1.BehaviorPlanned;
import io.bodybroker.npcbehavior.v1.EntityKind;
import io.bodybroker.npcbehavior.v1.GetNpcRequest;
import io.bodybroker.npcbehavior.v1.GetRelationshipRequest;
import io.bodybroker.npcbehavior.v1.Goal;
import io.bodybroker.npcbehavior.v1.GoalKind;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.ListRelationshipsRequest;
import io.bodybroker.npcbehavior.v1.Memory;
import io.bodybroker.npcbehavior.v1.Npc;
import io.bodybroker.npcbehavior.v1.PlanRequest;
import io.bodybroker.npcbehavior.v1.Preset;
import io.bodybroker.npcbehavior.v1.PreviewPlanRequest;
import io.bodybroker.npcbehavior.v1.PutPersonalityRequest;
import io.bodybroker.npcbehavior.v1.RecordInteractionRequest;
import io.bodybroker.npcbehavior.v1.Relationship;
import io.bodybroker.npcbehavior.v1.SituatedEntity;
import io.bodybroker.npcbehavior.v1.Situation;
import io.bodybroker.npcbehavior.v1.Strategy;
import io.bodybroker.npcbehavior.v1.Traits;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.testing.ServiceAssertions;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NpcBehaviorTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Store<StoredNpc> store = MemoryStores.open(StoredNpc.getDefaultInstance());
  private final Store<StoredHome> homeStore = MemoryStores.open(StoredHome.getDefaultInstance());
  private final Npcs npcs = new Npcs(store);
  private final Homes homes = new Homes(homeStore);
  private final NpcBehavior behavior = new NpcBehavior(npcs, homes, () -> NOW);
  private final Witnesses witnesses = new Witnesses(npcs, homes, () -> NOW);
  private final List<Message> published = new ArrayList<>();

  @BeforeEach
  void feed() {
    store.watch("", change -> published.addAll(NpcEvents.FEED.eventsOf(change)));
  }

  private static CallContext call(String key) {
    var metadata = CallMetadata.builder();
    return CallContext.of(
        (key.isEmpty() ? metadata : metadata.idempotencyKey(key)).build(), Duration.ofSeconds(2));
  }

  private static PutPersonalityRequest.Builder personality(String npc, String zone) {
    return PutPersonalityRequest.newBuilder()
        .setNpcId(npc)
        .setPreset(Preset.GUARD)
        .setWorldId("veridian")
        .setZoneId(zone);
  }

  private void put(PutPersonalityRequest.Builder request) {
    behavior.putPersonality(request.build(), call(""));
  }

  private Npc npc(String id) {
    return behavior.getNpc(GetNpcRequest.newBuilder().setNpcId(id).build(), call("")).getNpc();
  }

  private static PlanRequest plan(long seed) {
    return PlanRequest.newBuilder()
        .setNpcId("guard")
        .setSeed(seed)
        .setSituation(
            Situation.newBuilder()
                .addEntities(
                    SituatedEntity.newBuilder()
                        .setEntityId("ghoul")
                        .setKind(EntityKind.CREATURE)
                        .setAttitude(Attitude.ENEMY)
                        .setDistanceMeters(2)))
        .build();
  }

  private static RecordInteractionRequest.Builder interaction(InteractionKind kind) {
    return RecordInteractionRequest.newBuilder().setNpcId("guard").setOtherId("ada").setKind(kind);
  }

  @Test
  void takesAnNpcNobodyDescribedForACivilian() {
    var npc = npc("anybody");
    assertThat(npc.getPersonality().getPreset()).isEqualTo(Preset.CIVILIAN);
    assertThat(npc.getPersonality().getTraits().getSocial()).isEqualTo(0.6);
    assertThat(npc.getVersion()).isZero();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void plansAsItPreviewsAndTellsOfIt() {
    put(personality("guard", ""));
    var preview =
        behavior
            .previewPlan(
                PreviewPlanRequest.newBuilder()
                    .setNpcId("guard")
                    .setSituation(plan(3).getSituation())
                    .setSeed(3)
                    .build(),
                call(""))
            .getPlan();
    assertThat(published).isEmpty();
    var plan = behavior.plan(plan(3), call("")).getPlan();
    assertThat(plan).isEqualTo(preview);
    assertThat(plan.getStrategy()).isEqualTo(Strategy.DEFENSIVE);
    assertThat(published).hasSize(1);
    assertThat(((BehaviorPlanned) published.getFirst()).getPlanId()).isEqualTo(plan.getPlanId());
    assertThat(npc("guard").getVersion()).isEqualTo(2);
  }

  @Test
  void answersARepeatedPlanAsTheFirstTime() {
    var first = behavior.plan(plan(3), call("key-1"));
    assertThat(behavior.plan(plan(3), call("key-1"))).isEqualTo(first);
    assertThat(published).hasSize(1);
    assertFails("idempotency key: key-1", () -> behavior.plan(plan(4), call("key-1")));
  }

  @Test
  void recordsAnInteractionOnceForItsKey() {
    var request = interaction(InteractionKind.HELPED).build();
    var first = behavior.recordInteraction(request, call("key-1"));
    assertThat(behavior.recordInteraction(request, call("key-1"))).isEqualTo(first);
    assertThat(first.getRemembered()).isTrue();
    assertThat(first.getRelationship().getInteractions()).isEqualTo(1);
    assertThat(published).hasSize(1);
    assertThat(npc("guard").getMemoriesList()).hasSize(1);
    var relationship =
        behavior
            .getRelationship(
                GetRelationshipRequest.newBuilder().setNpcId("guard").setOtherId("ada").build(),
                call(""))
            .getRelationship();
    assertThat(relationship).isEqualTo(first.getRelationship());
  }

  @Test
  void listsRelationshipsAPageAtATime() {
    for (String other : List.of("e", "a", "d", "b", "c")) {
      behavior.recordInteraction(
          interaction(InteractionKind.TALK).setOtherId(other).build(), call(""));
    }
    var pages = new ArrayList<List<String>>();
    var token = "";
    do {
      var page =
          behavior.listRelationships(
              ListRelationshipsRequest.newBuilder()
                  .setNpcId("guard")
                  .setPageSize(2)
                  .setPageToken(token)
                  .build(),
              call(""));
      pages.add(page.getRelationshipsList().stream().map(Relationship::getOtherId).toList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(pages).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
  }

  @Test
  void givesGoalsAndDirectives() {
    put(personality("guard", ""));
    var goals =
        behavior.addGoal(
            AddGoalRequest.newBuilder().setNpcId("guard").setKind(GoalKind.HELP).build(), call(""));
    assertThat(goals.getGoalsList())
        .extracting(Goal::getKind)
        .containsExactly(GoalKind.TASK, GoalKind.HELP);
    var directives =
        behavior.addDirective(
            AddDirectiveRequest.newBuilder()
                .setNpcId("guard")
                .setAction(ActionType.FLEE)
                .setTargetId("ghoul")
                .setPriority(1)
                .build(),
            call(""));
    assertThat(directives.getDirectives(0).getExpiresAt())
        .isEqualTo(ProtoTimes.timestamp(NOW.plusSeconds(10)));
    var first = behavior.plan(plan(1), call("")).getPlan().getActions(0);
    assertThat(first.getType()).isEqualTo(ActionType.FLEE);
    assertThat(first.getTerms(0).getName()).isEqualTo("directive d1");
  }

  private static KillRecorded.Builder kill(String zone) {
    return KillRecorded.newBuilder()
        .setPlayerId("ada")
        .setWitnessed(true)
        .setCorpse(Corpse.newBuilder().setWorldId("veridian").setZoneId(zone).setTargetId("victim"))
        .setRecordedAt(ProtoTimes.timestamp(NOW));
  }

  private static Delivery delivery(String id) {
    return new Delivery(id, "evt", "GAME_EVENTS", 1, 1, 0, NOW);
  }

  @Test
  void remembersAKillThatWasSeenWhereItLives() {
    put(personality("guard", "harbour"));
    put(personality("victim", "harbour"));
    put(personality("elsewhere", "spire"));
    witnesses.saw(kill("harbour").build(), delivery("k1"));
    witnesses.saw(kill("harbour").build(), delivery("k1"));
    witnesses.saw(kill("harbour").setWitnessed(false).build(), delivery("k2"));
    witnesses.saw(kill("").build(), delivery("k3"));
    assertThat(npc("guard").getMemoriesList())
        .extracting(Memory::getDescription)
        .containsExactly("saw them kill victim");
    assertThat(npcs.read("guard").relationship("ada").getInteractions()).isEqualTo(1);
    assertThat(npc("victim").getMemoriesList()).isEmpty();
    assertThat(npc("elsewhere").getMemoriesList()).isEmpty();
    witnesses.saw(kill("harbour").build(), delivery("k4"));
    assertThat(npc("guard").getMemoriesList()).hasSize(2);
  }

  @Test
  void seesNothingMoreWhereItNoLongerLives() {
    put(personality("guard", "harbour"));
    put(personality("guard", "spire"));
    assertThat(homeStore.list("")).hasSize(1);
    witnesses.saw(kill("harbour").build(), delivery("k1"));
    assertThat(npc("guard").getMemoriesList()).isEmpty();
    // Left over by whoever died while moving it.
    homeStore.put("veridian/harbour/guard", StoredHome.getDefaultInstance());
    witnesses.saw(kill("harbour").build(), delivery("k2"));
    assertThat(npc("guard").getMemoriesList()).isEmpty();
    witnesses.saw(kill("spire").build(), delivery("k3"));
    assertThat(npc("guard").getMemoriesList()).hasSize(1);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertFails(
        "world_id: empty (expected: the world of the zone)",
        () -> put(personality("guard", "harbour").clearWorldId()));
    assertFails(
        "traits.social: NaN (expected: a number)",
        () -> put(personality("guard", "").setTraits(Traits.newBuilder().setSocial(Double.NaN))));
    assertFails(
        "other_id: guard (expected: somebody else than the NPC itself)",
        () ->
            behavior.recordInteraction(
                interaction(InteractionKind.TALK).setOtherId("guard").build(), call("")));
    var directive = AddDirectiveRequest.newBuilder().setNpcId("guard");
    assertFails(
        "target_id: empty (expected: whom or what to ATTACK)",
        () ->
            behavior.addDirective(
                directive.clone().setAction(ActionType.ATTACK).build(), call("")));
    assertFails(
        "target_id: guard (expected: something else than the NPC itself)",
        () ->
            behavior.addDirective(
                directive.clone().setAction(ActionType.ATTACK).setTargetId("guard").build(),
                call("")));
    for (long seconds : new long[] {0, 3_601, -1, Long.MAX_VALUE}) {
      assertFails(
          "lifetime: " + seconds + "s (expected: 1s to 3600s)",
          () ->
              behavior.addDirective(
                  directive
                      .clone()
                      .setAction(ActionType.WAIT)
                      .setLifetime(com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
                      .build(),
                  call("")));
    }
    var twice = plan(1).toBuilder();
    twice.getSituationBuilder().addEntities(plan(1).getSituation().getEntities(0));
    assertFails(
        "situation.entities[1].entity_id: ghoul (expected: each entity once)",
        () -> behavior.plan(twice.build(), call("")));
    assertThat(store.list("")).isEmpty();
  }

  private static void assertFails(String message, Executable call) {
    assertThat(ServiceAssertions.assertFails(ErrorCode.INVALID_ARGUMENT, call).message())
        .startsWith(message);
  }
}
