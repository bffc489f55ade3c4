package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.settings.v1.ContentPolicy;
import io.bodybroker.settings.v1.EvaluateFlagsResponse;
import io.bodybroker.settings.v1.EvaluationReason;
import io.bodybroker.settings.v1.GetContentPolicyResponse;
import io.bodybroker.settings.v1.GetSettingsResponse;
import io.bodybroker.settings.v1.ListDefinitionsResponse;
import io.bodybroker.settings.v1.ResetSettingsResponse;
import io.bodybroker.settings.v1.Setting;
import io.bodybroker.settings.v1.UpdateSettingsResponse;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class SettingsThroughGatewayTest {
  @Test
  void aPlayerSetsReadsAndResetsSettings(TheGame game) {
    var player = game.player("settings-ada");
    var update =
        player.put(
            "/v1/players/settings-ada/settings",
            """
            {"settings": {"audio.music_volume": {"double_value": 0.25}, "ui.theme": {"text_value": "light"}},
             "mode": "MERGE"}
            """);
    assertThat(update.as(UpdateSettingsResponse.getDefaultInstance()).getChangedKeysList())
        .containsExactly("audio.music_volume", "ui.theme");
    var read =
        player
            .get("/v1/players/settings-ada/settings?keys=audio&keys=ui.theme")
            .as(GetSettingsResponse.getDefaultInstance());
    assertThat(read.getSettingsList())
        .filteredOn(setting -> !setting.getIsDefault())
        .extracting(Setting::getKey)
        .containsExactly("audio.music_volume", "ui.theme");
    var reset =
        player
            .delete("/v1/players/settings-ada/settings?keys=ui")
            .as(ResetSettingsResponse.getDefaultInstance());
    assertThat(reset.getChangedKeysList()).containsExactly("ui.theme");
    assertThat(reset.getVersion()).isEqualTo(2);
  }

  @Test
  void aWrongValueIsNamedWithWhatWouldBeRight(TheGame game) {
    var problem =
        game.player("settings-bob")
            .put(
                "/v1/players/settings-bob/settings",
                """
                {"settings": {"video.frame_rate_limit": {"int_value": 61}}, "mode": "MERGE"}
                """)
            .problem();
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.fields()).containsExactly("settings[video.frame_rate_limit]");
    assertThat(problem.detail()).contains("int_value 61").contains("one of [0, 30, 60, 120]");
  }

  @Test
  void whatThereIsToSetIsListedForAnybody(TheGame game) {
    var definitions =
        game.anybody()
            .get("/v1/settings/definitions")
            .as(ListDefinitionsResponse.getDefaultInstance());
    assertThat(definitions.getDefinitionsList())
        .filteredOn(definition -> definition.getKey().equals("video.resolution_width"))
        .singleElement()
        .satisfies(definition -> assertThat(definition.getMin()).isEqualTo(640));
  }

  @Test
  void onlyOperatorsWriteFlagsAndNobodyReadsAnothersSettings(TheGame game) {
    var player = game.player("settings-eve");
    var flag = "{\"enabled\": true, \"rollout_percent\": 100, \"tiers\": [\"PREMIUM\"]}";
    assertThat(player.put("/v1/flags/night-market", flag).problem().status()).isEqualTo(403);
    assertThat(player.put("/v1/players/settings-eve/tier", "{\"tier\": \"WHALE\"}").status())
        .isEqualTo(403);
    assertThat(player.get("/v1/players/settings-ada/settings").problem().status()).isEqualTo(403);
    assertThat(game.anybody().get("/v1/players/settings-eve/settings").problem().status())
        .isEqualTo(401);

    var operator = game.operator();
    assertThat(operator.put("/v1/flags/night-market", flag).status()).isEqualTo(200);
    assertThat(reason(player)).isEqualTo(EvaluationReason.OTHER_TIER);
    assertThat(operator.put("/v1/players/settings-eve/tier", "{\"tier\": \"PREMIUM\"}").status())
        .isEqualTo(200);
    assertThat(reason(player)).isEqualTo(EvaluationReason.ROLLED_OUT);
  }

  private static EvaluationReason reason(GameClient player) {
    return player
        .get("/v1/players/settings-eve/flags?flag_ids=night-market")
        .as(EvaluateFlagsResponse.getDefaultInstance())
        .getEvaluations(0)
        .getReason();
  }

  @Test
  void aPlayerChoosesHowMuchHorrorToMeet(TheGame game) {
    var player = game.player("settings-kim");
    player.put(
        "/v1/players/settings-kim/content-policy",
        "{\"profile_id\": \"full\", \"overrides\": {\"horror_intensity\": 0}}");
    ContentPolicy policy =
        player
            .get("/v1/players/settings-kim/content-policy")
            .as(GetContentPolicyResponse.getDefaultInstance())
            .getPolicy();
    assertThat(policy.getLevels().getHorrorIntensity()).isZero();
    assertThat(policy.getLevels().getViolenceGore()).isEqualTo(4);
  }

  @Test
  void changesAreStreamed(TheGame game) {
    var player = game.player("settings-lea");
    try (var lines =
        player.events("/v1/players/settings-lea/settings/changes", UnaryOperator.identity())) {
      var events = lines.filter(line -> line.startsWith("data:")).iterator();
      assertThat(events.next()).contains("ui.theme").contains("\"dark\"");
      player.put(
          "/v1/players/settings-lea/settings",
          "{\"settings\": {\"ui.theme\": {\"text_value\": \"light\"}}, \"mode\": \"MERGE\"}");
      assertThat(events.next()).contains("\"light\"");
    }
  }
}
