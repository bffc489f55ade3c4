package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.payment.v1.GetBalanceResponse;
import io.bodybroker.questsystem.v1.AcceptQuestResponse;
import io.bodybroker.questsystem.v1.ClaimRewardResponse;
import io.bodybroker.questsystem.v1.GenerateQuestResponse;
import io.bodybroker.questsystem.v1.GetProgressResponse;
import io.bodybroker.questsystem.v1.GetQuestResponse;
import io.bodybroker.questsystem.v1.ListQuestsResponse;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveType;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.testkit.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class QuestSystemThroughGatewayTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static Quest generate(GameClient client, String player, String difficulty, int seed) {
    return client
        .post(
            "/v1/players/" + player + "/quests",
            "{\"world_id\": \"%s-world\", \"difficulty\": \"%s\", \"seed\": \"%d\"}"
                .formatted(player, difficulty, seed))
        .as(GenerateQuestResponse.getDefaultInstance())
        .getQuest();
  }

  private static Quest accept(GameClient client, Quest quest) {
    return client
        .post(path(quest) + "/accept", "{}")
        .as(AcceptQuestResponse.getDefaultInstance())
        .getQuest();
  }

  private static String path(Quest quest) {
    return "/v1/players/" + quest.getPlayerId() + "/quests/" + quest.getQuestId();
  }

  @Test
  void aQuestIsPaidOnceWhenAllIsDone(TheGame game) {
    var player = game.player("quest-ada");
    var quest = accept(player, generate(player, "quest-ada", "EASY", 1));
    var operator = game.operator();
    for (Objective objective : quest.getObjectivesList()) {
      var progress = path(quest) + "/objectives/" + objective.getObjectiveId() + "/progress";
      assertThat(player.post(progress, "{}").problem().status()).isEqualTo(403);
      assertThat(operator.post(progress, "{\"amount\": " + objective.getCount() + "}").status())
          .isEqualTo(200);
    }
    for (int i = 0; i < 3; i++) {
      var claimed =
          player.post(path(quest) + "/claim", "{}").as(ClaimRewardResponse.getDefaultInstance());
      assertThat(claimed.getQuest().getState()).isEqualTo(QuestState.PAID);
    }
    var balance =
        player
            .get("/v1/players/quest-ada/balances/CREDITS")
            .as(GetBalanceResponse.getDefaultInstance());
    assertThat(balance.getBalance()).isEqualTo(quest.getReward().getCredits());
    var progress =
        player.get("/v1/players/quest-ada/progress").as(GetProgressResponse.getDefaultInstance());
    assertThat(progress.getProgress().getReputation()).isEqualTo(quest.getReward().getReputation());
  }

  /** What the broker tells counts: the kills of a hunt. */
  @Test
  void aHuntIsTrackedFromKills(TheGame game) {
    var player = game.player("quest-bob");
    var quest = accept(player, generate(player, "quest-bob", "NORMAL", 2));
    var hunt =
        quest.getObjectivesList().stream()
            .filter(objective -> objective.getType() == ObjectiveType.HUNT)
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < hunt.getCount(); i++) {
      var kill =
          "{\"world_id\": \"quest-bob-world\", \"target_id\": \"quest-bob-%d\", \"method\": \"BLADE_KILL\", \"creature\": \"ghoul\"}"
              .formatted(i);
      assertThat(game.operator().post("/v1/players/quest-bob/kills", kill).status()).isEqualTo(200);
    }
    Await.untilSeen(
        BOUND,
        "the hunt's progress",
        () ->
            player
                .get(path(quest))
                .as(GetQuestResponse.getDefaultInstance())
                .getQuest()
                .getObjectivesList()
                .stream()
                .filter(objective -> objective.getType() == ObjectiveType.HUNT)
                .mapToInt(Objective::getProgress)
                .sum(),
        progress -> progress == hunt.getCount());
  }

  @Test
  void questsAreListedByStateAPageAtATime(TheGame game) {
    var player = game.player("quest-eve");
    for (int i = 0; i < 5; i++) {
      generate(player, "quest-eve", "HARD", i);
    }
    var first =
        player
            .get("/v1/players/quest-eve/quests?states=OFFERED&page_size=3")
            .as(ListQuestsResponse.getDefaultInstance());
    var second =
        player
            .get(
                "/v1/players/quest-eve/quests?states=OFFERED&page_size=3&page_token="
                    + first.getNextPageToken())
            .as(ListQuestsResponse.getDefaultInstance());
    assertThat(first.getQuestsList())
        .extracting(Quest::getQuestId)
        .containsExactly("q5", "q4", "q3");
    assertThat(second.getQuestsList()).extracting(Quest::getQuestId).containsExactly("q2", "q1");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void whatIsWrongIsNamed(TheGame game) {
    var player = game.player("quest-kim");
    var generate = player.post("/v1/players/quest-kim/quests", "{\"difficulty\": \"EASY\"}");
    assertThat(generate.problem().status()).isEqualTo(400);
    assertThat(generate.problem().fields()).containsExactly("world_id");
    assertThat(player.get("/v1/players/quest-kim/quests/q9").problem().code())
        .isEqualTo("NOT_FOUND");
    var quest = generate(player, "quest-kim", "EASY", 1);
    var claim = player.post(path(quest) + "/claim", "{}").problem();
    assertThat(claim.code()).isEqualTo("FAILED_PRECONDITION");
    assertThat(claim.detail()).contains("OFFERED");
    assertThat(game.player("quest-lea").get(path(quest)).problem().status()).isEqualTo(403);
  }
}
