package io.bodybroker.questsystem;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.bodybroker.bodybrokerintegration.v1.Corpse;
import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.bodybrokerintegration.v1.HarvestCompleted;
import io.bodybroker.bodybrokerintegration.v1.HarvestedPart;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.InteractionRecorded;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.questsystem.v1.AcceptQuestRequest;
import io.bodybroker.questsystem.v1.AcceptQuestResponse;
import io.bodybroker.questsystem.v1.ClaimRewardRequest;
import io.bodybroker.questsystem.v1.ClaimRewardResponse;
import io.bodybroker.questsystem.v1.Difficulty;
import io.bodybroker.questsystem.v1.GenerateQuestRequest;
import io.bodybroker.questsystem.v1.GetProgressRequest;
import io.bodybroker.questsystem.v1.GetQuestRequest;
import io.bodybroker.questsystem.v1.ListQuestsRequest;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveCompleted;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.QuestCompleted;
import io.bodybroker.questsystem.v1.QuestRewarded;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.questsystem.v1.QuestSystemClient;
import io.bodybroker.questsystem.v1.ReportProgressRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two instances over real servers, as in production; payment, time-manager and world-state are
 * stand-ins.
 */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final TestPayment payment = new TestPayment();
  private final TestWorldState world = new TestWorldState();
  private RunningService service;
  private ServiceHost worldState;
  private QuestSystemClient quests;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service =
        RunningService.of(QuestSystemModule::new)
            .beside(context -> context.serve(new TestTimeManager()))
            .beside(context -> context.serve(payment))
            .start(nats, redis);
    worldState = service.startBeside(context -> context.serve(world.service()));
    quests = QuestSystemClient.on(service.bus());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Quest accepted(String player, Difficulty difficulty) {
    var quest =
        quests
            .generateQuest(
                GenerateQuestRequest.newBuilder()
                    .setPlayerId(player)
                    .setWorldId("veridian")
                    .setDifficulty(difficulty)
                    .setSeed(4)
                    .build())
            .getQuest();
    return quests
        .acceptQuest(
            AcceptQuestRequest.newBuilder()
                .setPlayerId(player)
                .setQuestId(quest.getQuestId())
                .build())
        .getQuest();
  }

  private Quest completed(String player) {
    var quest = accepted(player, Difficulty.EASY);
    for (Objective objective : quest.getObjectivesList()) {
      quests.reportProgress(
          ReportProgressRequest.newBuilder()
              .setPlayerId(player)
              .setQuestId(quest.getQuestId())
              .setObjectiveId(objective.getObjectiveId())
              .setAmount(objective.getCount())
              .build());
    }
    return quest;
  }

  private Quest get(String player, String questId) {
    return quests
        .getQuest(GetQuestRequest.newBuilder().setPlayerId(player).setQuestId(questId).build())
        .getQuest();
  }

  private ClaimRewardRequest claim(String player, String questId) {
    return ClaimRewardRequest.newBuilder().setPlayerId(player).setQuestId(questId).build();
  }

  /** Each with the same seed, so that what is so in the world makes the difference. */
  @Test
  void payMoreInALockdownAndNothingIsMadeWhileNobodyKnows() {
    var usual = generated("citizen");
    world.flags(
        Map.of(
            "lockdown", Value.newBuilder().setBoolValue(true).build(),
            "plague", Value.newBuilder().setBoolValue(false).build(),
            "weather", Value.newBuilder().setStringValue("true").build()));
    var lockdown = generated("citizen");
    assertThat(lockdown.getReward().getCredits())
        .isEqualTo(Math.round(usual.getReward().getCredits() * 1.2));

    worldState.close();
    assertFails(ErrorCode.UNAVAILABLE, () -> generated("citizen"));
    assertThat(
            quests
                .listQuests(ListQuestsRequest.newBuilder().setPlayerId("citizen").build())
                .getQuestsCount())
        .isEqualTo(2);
  }

  private Quest generated(String player) {
    return quests
        .generateQuest(
            GenerateQuestRequest.newBuilder()
                .setPlayerId(player)
                .setWorldId("veridian")
                .setDifficulty(Difficulty.NORMAL)
                .setSeed(4)
                .build())
        .getQuest();
  }

  /** How many events of a type about a player the stream has. */
  private long events(Message type, String player) {
    var field = type.getDescriptorForType().findFieldByName("player_id");
    return service.published(type).stream()
        .filter(event -> event.getField(field).equals(player))
        .count();
  }

  @Test
  void completeAQuestFromEventsOfTheGame() throws Exception {
    var quest = accepted("hunter", Difficulty.HARD);
    var at = ProtoTimes.timestamp(ProtoTimes.instant(quest.getAcceptedAt()).plusMillis(1));
    int number = 0;
    for (Objective objective : quest.getObjectivesList()) {
      for (int i = 0; i < objective.getCount(); i++) {
        var event = event(objective, at);
        service.bus().events().publish(event, "hunter-" + number++);
      }
    }
    Await.untilSeen(
        BOUND,
        "the quest's state",
        () -> get("hunter", quest.getQuestId()).getState(),
        state -> state == QuestState.COMPLETED);
    Await.untilSeen(
        BOUND,
        "events",
        () -> events(QuestCompleted.getDefaultInstance(), "hunter"),
        count -> count == 1);
    assertThat(events(ObjectiveCompleted.getDefaultInstance(), "hunter")).isEqualTo(4);
  }

  private static Message event(Objective objective, Timestamp at) {
    return switch (objective.getType()) {
      case HUNT, COMBAT ->
          KillRecorded.newBuilder()
              .setPlayerId("hunter")
              .setRecordedAt(at)
              .setCorpse(Corpse.newBuilder().setMethod(objective.getMethod()))
              .build();
      case HARVEST ->
          HarvestCompleted.newBuilder()
              .setPlayerId("hunter")
              .setHarvestedAt(at)
              .addParts(
                  HarvestedPart.newBuilder()
                      .setType(objective.getPart())
                      .setGrade(objective.getMinGrade()))
              .build();
      case HAGGLE ->
          DealCompleted.newBuilder()
              .setPlayerId("hunter")
              .setFamily(objective.getFamily())
              .setCompletedAt(at)
              .addParts(
                  DealPart.newBuilder()
                      .setType(objective.getPart())
                      .setGrade(objective.getMinGrade()))
              .build();
      case TALK ->
          InteractionRecorded.newBuilder()
              .setNpcId(objective.getNpcId())
              .setOtherId("hunter")
              .setKind(InteractionKind.TALK)
              .setHappenedAt(at)
              .build();
      case OBJECTIVE_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(objective);
    };
  }

  @Test
  void payARewardOnceThatManyClaimAtOnce() throws Exception {
    var quest = completed("claimant");
    var claims = new ArrayList<CompletableFuture<ClaimRewardResponse>>();
    for (int i = 0; i < 20; i++) {
      claims.add(quests.claimRewardAsync(claim("claimant", quest.getQuestId())));
    }
    for (CompletableFuture<ClaimRewardResponse> claim : claims) {
      assertThat(claim.get().getQuest().getState()).isEqualTo(QuestState.PAID);
    }
    assertThat(payment.credits()).hasSize(1);
    CreditRequest credit = payment.credits().values().iterator().next();
    assertThat(credit.getMoney().getCurrency()).isEqualTo(Currency.CREDITS);
    assertThat(credit.getMoney().getAmount()).isEqualTo(quest.getReward().getCredits());
    var progress =
        quests
            .getProgress(GetProgressRequest.newBuilder().setPlayerId("claimant").build())
            .getProgress();
    assertThat(progress.getReputation()).isEqualTo(quest.getReward().getReputation());
    var rewarded = QuestRewarded.getDefaultInstance();
    Await.untilSeen(BOUND, "events", () -> events(rewarded, "claimant"), count -> count >= 1);
    assertThat(events(rewarded, "claimant")).isEqualTo(1);
  }

  /** The money is given, and whoever gave it is gone before it is written: the other goes on. */
  @Test
  void goOnWithARewardWhenTheOneThatPaidIsGone() throws Exception {
    var quest = completed("widow");
    payment.loseAnswers(true);
    var claimed = quests.claimReward(claim("widow", quest.getQuestId()));
    assertThat(claimed.getQuest().getState()).isEqualTo(QuestState.REWARDING);
    assertThat(payment.credits()).hasSize(1);
    service.stopOne();
    payment.loseAnswers(false);
    Await.untilSeen(
        BOUND,
        "the quest's state",
        () -> get("widow", quest.getQuestId()).getState(),
        state -> state == QuestState.PAID);
    assertThat(payment.credits()).hasSize(1);
    assertThat(payment.calls()).hasSizeGreaterThan(1).containsOnly("widow/quest-reward-q1");
  }

  @Test
  void keepTwentyActiveQuestsWhoeverAcceptsAtOnce() {
    var accepts = new ArrayList<CompletableFuture<AcceptQuestResponse>>();
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i <= 8; i++) {
        quests.generateQuest(
            GenerateQuestRequest.newBuilder()
                .setPlayerId("busy")
                .setWorldId("veridian")
                .setDifficulty(Difficulty.EASY)
                .build());
      }
      for (int i = round * 8 + 1; i <= round * 8 + 8; i++) {
        accepts.add(
            quests.acceptQuestAsync(
                AcceptQuestRequest.newBuilder().setPlayerId("busy").setQuestId("q" + i).build()));
      }
      accepts.forEach(accept -> accept.handle((answer, error) -> error).join());
    }
    assertThat(accepts.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(4);
    var progress =
        quests
            .getProgress(GetProgressRequest.newBuilder().setPlayerId("busy").build())
            .getProgress();
    assertThat(progress.getActiveQuests()).isEqualTo(20);
  }

  @Test
  void refuseWhatTheContractForbids() {
    var generate =
        GenerateQuestRequest.newBuilder()
            .setPlayerId("ada")
            .setWorldId("veridian")
            .setDifficulty(Difficulty.EASY);
    assertNames(
        "player_id", () -> quests.generateQuest(generate.clone().setPlayerId("a b").build()));
    assertNames("world_id", () -> quests.generateQuest(generate.clone().clearWorldId().build()));
    assertNames(
        "difficulty", () -> quests.generateQuest(generate.clone().clearDifficulty().build()));
    assertNames(
        "quest_id",
        () -> quests.acceptQuest(AcceptQuestRequest.newBuilder().setPlayerId("ada").build()));
    var list = ListQuestsRequest.newBuilder().setPlayerId("ada");
    assertNames("page_size", () -> quests.listQuests(list.clone().setPageSize(101).build()));
    assertNames("page_token", () -> quests.listQuests(list.clone().setPageToken("7").build()));
    assertNames("states[0]", () -> quests.listQuests(list.clone().addStatesValue(99).build()));
    var report =
        ReportProgressRequest.newBuilder().setPlayerId("ada").setQuestId("q1").setObjectiveId("o1");
    assertNames("amount", () -> quests.reportProgress(report.clone().setAmount(0).build()));
    assertNames(
        "objective_id", () -> quests.reportProgress(report.clone().clearObjectiveId().build()));
  }

  private static void assertNames(String field, ThrowingCallable call) {
    var error = catchThrowableOfType(ServiceException.class, call);
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.fieldViolations()).extracting(one -> one.field()).containsExactly(field);
  }
}
