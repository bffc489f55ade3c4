package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.performancemode.v1.AdjustModeResponse;
import io.bodybroker.performancemode.v1.BudgetState;
import io.bodybroker.performancemode.v1.GetMetricsResponse;
import io.bodybroker.performancemode.v1.GetSettingsResponse;
import io.bodybroker.performancemode.v1.Mode;
import io.bodybroker.performancemode.v1.ReportMetricsResponse;
import io.bodybroker.performancemode.v1.SetBudgetResponse;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class PerformanceModeThroughGatewayTest {
  private static final String PERFORMANCE = "/v1/players/gamer/performance";

  @Test
  void lowersTheLevelOfASlowMachine(TheGame game) {
    var gamer = game.player("gamer");
    assertThat(
            gamer
                .put(PERFORMANCE + "/mode", "{\"mode\": \"AUTO\"}")
                .as(AdjustModeResponse.getDefaultInstance())
                .getChanged())
        .isTrue();
    gamer
        .put(PERFORMANCE + "/budgets/FRAME_TIME", "{\"limit\": 20, \"strict\": true}")
        .as(SetBudgetResponse.getDefaultInstance());

    String frame = "{\"frameTime\": \"0.030s\", \"cpu\": 0.9}";
    var advice =
        gamer
            .post(
                PERFORMANCE + "/samples",
                "{\"samples\": [" + String.join(",", Collections.nCopies(60, frame)) + "]}")
            .as(ReportMetricsResponse.getDefaultInstance());

    assertThat(advice.getSettings().getLevel()).isEqualTo(Mode.LOW);
    assertThat(advice.getBudgets(0).getState()).isEqualTo(BudgetState.VIOLATED);
    assertThat(advice.getQualityScale()).isEqualTo(0.5);
    assertThat(gamer.get(PERFORMANCE).as(GetSettingsResponse.getDefaultInstance()).getSettings())
        .isEqualTo(advice.getSettings());
    assertThat(
            gamer
                .get(PERFORMANCE + "/metrics?duration=60s")
                .as(GetMetricsResponse.getDefaultInstance())
                .getMetrics()
                .getFrames())
        .isEqualTo(60);
  }

  @Test
  void namesWhatIsWrongInARequest(TheGame game) {
    var gamer = game.player("gamer");

    assertThat(
            gamer
                .post(PERFORMANCE + "/samples", "{\"samples\": [{\"frameTime\": \"2s\"}]}")
                .problem()
                .fields())
        .containsExactly("samples[0].frame_time");
    assertThat(game.player("other").get(PERFORMANCE).problem().status()).isEqualTo(403);
  }
}
