package io.bodybroker.questsystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.bodybroker.bodybrokerintegration.v1.Corpse;
import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.FamilyUnlocked;
import io.bodybroker.bodybrokerintegration.v1.HarvestCompleted;
import io.bodybroker.bodybrokerintegration.v1.HarvestedPart;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.common.v1.DayPhase;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.common.v1.Season;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.InteractionRecorded;
import io.bodybroker.questsystem.journal.Journal;
import io.bodybroker.questsystem.order.Circumstances.WorldTime;
import io.bodybroker.questsystem.state.v1.StoredJournal;
import io.bodybroker.questsystem.v1.AbandonQuestRequest;
import io.bodybroker.questsystem.v1.AcceptQuestRequest;
import io.bodybroker.questsystem.v1.ClaimRewardRequest;
import io.bodybroker.questsystem.v1.ClaimRewardResponse;
import io.bodybroker.questsystem.v1.Difficulty;
import io.bodybroker.questsystem.v1.FailQuestRequest;
import io.bodybroker.questsystem.v1.FailureReason;
import io.bodybroker.questsystem.v1.GenerateQuestRequest;
import io.bodybroker.questsystem.v1.GetProgressRequest;
import io.bodybroker.questsystem.v1.GetQuestRequest;
import io.bodybroker.questsystem.v1.ListQuestsRequest;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveCompleted;
import io.bodybroker.questsystem.v1.ObjectiveType;
import io.bodybroker.questsystem.v1.Progress;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.QuestCompleted;
import io.bodybroker.questsystem.v1.QuestFailed;
import io.bodybroker.questsystem.v1.QuestRewarded;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.questsystem.v1.ReportProgressRequest;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class QuestSystemTest {
  private static final WorldTime NIGHT = new WorldTime(DayPhase.NIGHT, MoonPhase.NEW, Season.FALL);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  private final Store<StoredJournal> store = MemoryStores.open(StoredJournal.getDefaultInstance());
  private final Journals journals = new Journals(store);
  private final AtomicReference<Set<String>> flags = new AtomicReference<>(Set.of());
  private final FakeWallets wallets = new FakeWallets();
  private final Rewards rewards = new Rewards(journals, wallets, now::get);
  private final QuestSystem quests =
      new QuestSystem(journals, rewards, world -> NIGHT, world -> flags.get(), now::get);
  private final DeedListener listener = new DeedListener(journals, now::get);
  private final OpenMatters matters = new OpenMatters(journals, rewards, now::get);
  private final List<Message> published = new ArrayList<>();

  @BeforeEach
  void watch() {
    store.watch("", change -> published.addAll(QuestEvents.FEED.eventsOf(change)));
    store.watch("", matters::tell);
  }

  private static CallContext call(String key) {
    var metadata = CallMetadata.builder();
    return CallContext.of(
        (key.isEmpty() ? metadata : metadata.idempotencyKey(key)).build(), Duration.ofSeconds(2));
  }

  private static GenerateQuestRequest.Builder request(Difficulty difficulty) {
    return GenerateQuestRequest.newBuilder()
        .setPlayerId("ada")
        .setWorldId("veridian")
        .setDifficulty(difficulty);
  }

  private Quest generate(GenerateQuestRequest.Builder request) {
    return quests.generateQuest(request.build(), call("")).getQuest();
  }

  private Quest accept(String questId) {
    return quests
        .acceptQuest(
            AcceptQuestRequest.newBuilder().setPlayerId("ada").setQuestId(questId).build(),
            call(""))
        .getQuest();
  }

  private ClaimRewardResponse claim(String questId) {
    return quests.claimReward(
        ClaimRewardRequest.newBuilder().setPlayerId("ada").setQuestId(questId).build(), call(""));
  }

  private Quest get(String questId) {
    return quests
        .getQuest(
            GetQuestRequest.newBuilder().setPlayerId("ada").setQuestId(questId).build(), call(""))
        .getQuest();
  }

  private Progress progress() {
    return quests
        .getProgress(GetProgressRequest.newBuilder().setPlayerId("ada").build(), call(""))
        .getProgress();
  }

  private Quest report(String questId, String objective, int amount, String key) {
    return quests
        .reportProgress(
            ReportProgressRequest.newBuilder()
                .setPlayerId("ada")
                .setQuestId(questId)
                .setObjectiveId(objective)
                .setAmount(amount)
                .build(),
            call(key))
        .getQuest();
  }

  private Quest completed() {
    var quest = accept(generate(request(Difficulty.EASY)).getQuestId());
    for (Objective objective : quest.getObjectivesList()) {
      report(quest.getQuestId(), objective.getObjectiveId(), objective.getCount(), "");
    }
    return get(quest.getQuestId());
  }

  private static Delivery delivery(String id) {
    return new Delivery(id, "evt", "GAME_EVENTS", 1, 1, 0, Instant.EPOCH);
  }

  private static Quest nameless(Quest quest) {
    return quest.toBuilder().clearQuestId().clearGeneratedAt().build();
  }

  @Test
  void generatesTheSameQuestAgainUnderAnotherId() {
    flags.set(Set.of("plague"));
    var first = generate(request(Difficulty.NORMAL).setSeed(5));
    now.updateAndGet(instant -> instant.plusSeconds(5));
    var again = generate(request(Difficulty.NORMAL).setSeed(5));
    assertThat(nameless(again)).isEqualTo(nameless(first));
    assertThat(List.of(first.getQuestId(), again.getQuestId())).containsExactly("q1", "q2");
    var unseeded =
        List.of(generate(request(Difficulty.NORMAL)), generate(request(Difficulty.NORMAL)));
    assertThat(unseeded).extracting(Quest::getSeed).containsExactly(3L, 4L);
  }

  @Test
  void answersARepeatedGenerationWithTheSameQuest() {
    var request = request(Difficulty.HARD).build();
    var first = quests.generateQuest(request, call("key-1"));
    assertThat(quests.generateQuest(request, call("key-1"))).isEqualTo(first);
    assertThat(published).hasSize(1);
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        "idempotency key: key-1",
        () -> quests.generateQuest(request(Difficulty.EASY).build(), call("key-1")));
  }

  @Test
  void tracksAQuestFromWhatTheBrokerTells() {
    var quest = accept(generate(request(Difficulty.HARD).setSeed(3)).getQuestId());
    now.updateAndGet(instant -> instant.plusSeconds(1));
    var at = ProtoTimes.timestamp(now.get());
    int event = 0;
    for (Objective objective : quest.getObjectivesList()) {
      for (int i = 0; i < objective.getCount(); i++) {
        for (int repeat = 0; repeat < 2; repeat++) {
          tell(objective, at, "e" + event);
        }
        event++;
      }
    }
    assertThat(get("q1").getState()).isEqualTo(QuestState.COMPLETED);
    assertThat(published.stream().filter(ObjectiveCompleted.class::isInstance)).hasSize(4);
    assertThat(published.stream().filter(QuestCompleted.class::isInstance)).hasSize(1);
  }

  private void tell(Objective objective, Timestamp at, String id) {
    switch (objective.getType()) {
      case COMBAT, HUNT ->
          listener.heard(
              KillRecorded.newBuilder()
                  .setPlayerId("ada")
                  .setMoralPath(MoralPath.MIXED)
                  .setRecordedAt(at)
                  .setCorpse(Corpse.newBuilder().setMethod(objective.getMethod()))
                  .build(),
              delivery(id));
      case HARVEST ->
          listener.heard(
              HarvestCompleted.newBuilder()
                  .setPlayerId("ada")
                  .setHarvestedAt(at)
                  .addParts(
                      HarvestedPart.newBuilder()
                          .setType(objective.getPart())
                          .setGrade(objective.getMinGrade()))
                  .build(),
              delivery(id));
      case HAGGLE ->
          listener.heard(
              DealCompleted.newBuilder()
                  .setPlayerId("ada")
                  .setFamily(objective.getFamily())
                  .setCompletedAt(at)
                  .addParts(
                      DealPart.newBuilder()
                          .setType(objective.getPart())
                          .setGrade(objective.getMinGrade()))
                  .build(),
              delivery(id));
      case TALK, OBJECTIVE_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(objective);
    }
  }

  @Test
  void hearsOfTalksFamiliesAndPaths() {
    listener.heard(
        FamilyUnlocked.newBuilder().setPlayerId("ada").setFamily(Family.STITCH_GUILD).build(),
        delivery("f1"));
    listener.heard(
        KillRecorded.newBuilder()
            .setPlayerId("ada")
            .setMoralPath(MoralPath.BUTCHER)
            .setRecordedAt(ProtoTimes.timestamp(now.get()))
            .build(),
        delivery("k1"));
    assertThat(progress().getFamiliesList()).contains(Family.STITCH_GUILD);
    assertThat(progress().getMoralPath()).isEqualTo(MoralPath.BUTCHER);
    var quest = talking();
    now.updateAndGet(instant -> instant.plusSeconds(1));
    var talk =
        InteractionRecorded.newBuilder()
            .setNpcId(quest.getGiverNpcId())
            .setOtherId("ada")
            .setHappenedAt(ProtoTimes.timestamp(now.get()));
    listener.heard(talk.setKind(InteractionKind.INSULT).build(), delivery("t1"));
    assertThat(get(quest.getQuestId()).getObjectives(0).getProgress()).isZero();
    listener.heard(talk.setKind(InteractionKind.TALK).build(), delivery("t2"));
    assertThat(get(quest.getQuestId()).getObjectives(0).getProgress()).isEqualTo(1);
  }

  /** An easy quest that begins with a talk: one in three does. */
  private Quest talking() {
    while (true) {
      var quest = generate(request(Difficulty.EASY));
      if (quest.getObjectives(0).getType() == ObjectiveType.TALK) {
        return accept(quest.getQuestId());
      }
    }
  }

  @Test
  void makesNoJournalForWhomNothingCounts() {
    listener.heard(
        InteractionRecorded.newBuilder()
            .setNpcId("guard")
            .setOtherId("another-npc")
            .setKind(InteractionKind.TALK)
            .build(),
        delivery("t1"));
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void paysARewardOnceHoweverOftenItIsClaimed() {
    var quest = completed();
    var claimed = claim(quest.getQuestId());
    assertThat(claimed.getQuest().getState()).isEqualTo(QuestState.PAID);
    assertThat(claimed.getProgress().getExperience()).isEqualTo(quest.getReward().getExperience());
    assertThat(claim(quest.getQuestId())).isEqualTo(claimed);
    assertThat(wallets.paid()).containsExactly(Map.entry("ada/q1", quest.getReward().getCredits()));
    assertThat(published.stream().filter(QuestRewarded.class::isInstance)).hasSize(1);
  }

  /** What ended first is forgotten first, not what was made first. */
  @Test
  void paysAQuestThatTookLongerThanManyOthers() {
    var old = accept(generate(request(Difficulty.EASY)).getQuestId());
    for (int i = 0; i < Journal.MAX_ENDED; i++) {
      now.updateAndGet(instant -> instant.plusSeconds(1));
      abandon(generate(request(Difficulty.EASY)).getQuestId());
    }
    now.updateAndGet(instant -> instant.plusSeconds(1));
    for (Objective objective : old.getObjectivesList()) {
      report(old.getQuestId(), objective.getObjectiveId(), objective.getCount(), "");
    }
    assertThat(claim(old.getQuestId()).getQuest().getState()).isEqualTo(QuestState.PAID);
    assertThat(claim(old.getQuestId()).getQuest().getState()).isEqualTo(QuestState.PAID);
    assertThat(wallets.paid()).hasSize(1);
    assertFails(ErrorCode.NOT_FOUND, "quest \"q2\" does not exist", () -> get("q2"));
    assertThat(get("q3").getState()).isEqualTo(QuestState.ABANDONED);
  }

  private void abandon(String questId) {
    quests.abandonQuest(
        AbandonQuestRequest.newBuilder().setPlayerId("ada").setQuestId(questId).build(), call(""));
  }

  @Test
  void paysLaterWhatCannotBePaidNow() {
    var quest = completed();
    wallets.away(true);
    assertThat(claim(quest.getQuestId()).getQuest().getState()).isEqualTo(QuestState.REWARDING);
    now.updateAndGet(instant -> instant.plus(OpenMatters.PATIENCE));
    matters.run();
    assertThat(get(quest.getQuestId()).getState()).isEqualTo(QuestState.REWARDING);
    wallets.away(false);
    now.updateAndGet(instant -> instant.plus(OpenMatters.backoff(1)));
    matters.run();
    assertThat(get(quest.getQuestId()).getState()).isEqualTo(QuestState.PAID);
    assertThat(wallets.paid()).hasSize(1);
  }

  @Test
  void asksLessAndLessOftenWhoIsAwayForLong() {
    var quest = completed();
    wallets.away(true);
    claim(quest.getQuestId());
    now.updateAndGet(instant -> instant.plus(OpenMatters.PATIENCE));
    matters.run();
    assertThat(wallets.calls()).as("the claim's, and the first of those after it").isEqualTo(2);
    for (int seconds = 1; seconds <= 120; seconds++) {
      now.updateAndGet(instant -> instant.plusSeconds(1));
      matters.run();
    }
    // At 1, 2, 4, 8, 16, 32, 62 and 92 s.
    assertThat(wallets.calls()).isEqualTo(10);
    wallets.away(false);
    now.updateAndGet(instant -> instant.plus(OpenMatters.backoff(99)));
    matters.run();
    assertThat(get(quest.getQuestId()).getState()).isEqualTo(QuestState.PAID);
  }

  @Test
  void letsNoPlayerWaitForAnother() {
    var all = new CyclicBarrier(3);
    Wallets meeting =
        (player, quest, credits) -> {
          try {
            all.await(10, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new AssertionError("they do not come at once", e);
          }
        };
    var busy = new OpenMatters(journals, new Rewards(journals, meeting, now::get), now::get);
    store.watch("", busy::tell);
    var order =
        Quest.newBuilder()
            .addObjectives(Objective.newBuilder().setObjectiveId("o1").setCount(1))
            .build();
    var players = List.of("ada-1", "ada-2", "ada-3");
    for (String player : players) {
      journals.change(player, journal -> rewarding(journal.offered(order, now.get())));
    }
    now.updateAndGet(instant -> instant.plus(OpenMatters.PATIENCE));
    busy.run();
    assertThat(players)
        .allSatisfy(player ->
            assertThat(journals.read(player).quest("q1").getState()).isEqualTo(QuestState.PAID));
  }

  private Journal rewarding(Journal offered) {
    return offered
        .accepted("q1", now.get())
        .reported("q1", "o1", 1, now.get())
        .rewarding("q1", now.get());
  }

  /** Whoever was paying died before, or after, the money was given. */
  @Test
  void goesOnWhereWhoeverPaidDied() {
    var first = completed();
    rewards.begin("ada", first.getQuestId());
    var second = completed();
    rewards.begin("ada", second.getQuestId());
    wallets.pay("ada", second.getQuestId(), second.getReward().getCredits());

    matters.run();
    assertThat(get(first.getQuestId()).getState())
        .as("left alone at first")
        .isEqualTo(QuestState.REWARDING);
    now.updateAndGet(instant -> instant.plus(OpenMatters.PATIENCE));
    matters.run();
    matters.run();

    assertThat(get(first.getQuestId()).getState()).isEqualTo(QuestState.PAID);
    assertThat(get(second.getQuestId()).getState()).isEqualTo(QuestState.PAID);
    assertThat(wallets.paid()).hasSize(2);
    assertThat(progress().getQuestsRewarded()).isEqualTo(2);
  }

  @Test
  void failsAQuestWhenItsTimeIsUpAlsoIfNobodyLooks() {
    var quest = accept(generate(request(Difficulty.HARD)).getQuestId());
    now.updateAndGet(instant -> instant.plus(Duration.ofDays(2)));
    assertThat(get(quest.getQuestId()).getState()).as("as it is read").isEqualTo(QuestState.FAILED);
    assertThat(published.stream().filter(QuestFailed.class::isInstance)).isEmpty();
    matters.run();
    matters.run();
    assertThat(published.stream().filter(QuestFailed.class::isInstance)).hasSize(1);
    assertFails(
        ErrorCode.FAILED_PRECONDITION,
        "quest \"q1\" is FAILED and cannot be accepted",
        () -> accept("q1"));
  }

  @Test
  void countsAReportOnceForItsKey() {
    var quest = accept(generate(request(Difficulty.HARD).setSeed(1)).getQuestId());
    assertThat(quest.getObjectives(2).getCount()).isPositive();
    report("q1", "o3", 1, "key-1");
    assertThat(report("q1", "o3", 1, "key-1").getObjectives(2).getProgress()).isEqualTo(1);
  }

  @Test
  void listsQuestsTheNewestFirstAPageAtATime() {
    for (int i = 0; i < 8; i++) {
      generate(request(Difficulty.EASY));
    }
    accept("q2");
    accept("q5");
    var pages = new ArrayList<List<String>>();
    var token = "";
    do {
      var page =
          quests.listQuests(
              ListQuestsRequest.newBuilder()
                  .setPlayerId("ada")
                  .addStates(QuestState.OFFERED)
                  .setPageSize(3)
                  .setPageToken(token)
                  .build(),
              call(""));
      pages.add(page.getQuestsList().stream().map(Quest::getQuestId).toList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(pages).containsExactly(List.of("q8", "q7", "q6"), List.of("q4", "q3", "q1"));
    var active =
        quests.listQuests(
            ListQuestsRequest.newBuilder().setPlayerId("ada").addStates(QuestState.ACTIVE).build(),
            call(""));
    assertThat(active.getQuestsList()).extracting(Quest::getQuestId).containsExactly("q5", "q2");
  }

  @Test
  void letsAQuestGoOrFail() {
    generate(request(Difficulty.EASY));
    generate(request(Difficulty.EASY));
    accept("q2");
    var abandoned =
        quests.abandonQuest(
            AbandonQuestRequest.newBuilder().setPlayerId("ada").setQuestId("q1").build(), call(""));
    var failed =
        quests.failQuest(
            FailQuestRequest.newBuilder().setPlayerId("ada").setQuestId("q2").build(), call(""));
    assertThat(abandoned.getQuest().getState()).isEqualTo(QuestState.ABANDONED);
    assertThat(failed.getQuest().getFailureReason()).isEqualTo(FailureReason.STORY);
    assertFails(ErrorCode.NOT_FOUND, "quest \"q7\" does not exist", () -> get("q7"));
    assertFails(
        ErrorCode.FAILED_PRECONDITION,
        "quest \"q2\" is FAILED and cannot be claimed",
        () -> claim("q2"));
  }

  private static void assertFails(ErrorCode code, String message, Executable call) {
    assertThat(ServiceAssertions.assertFails(code, call).message()).startsWith(message);
  }
}
