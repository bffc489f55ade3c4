package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.common.v1.DayPhase;
import io.bodybroker.timemanager.v1.GetScheduleResponse;
import io.bodybroker.timemanager.v1.GetTimeResponse;
import io.bodybroker.timemanager.v1.SetTimeResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class TimeManagerThroughGatewayTest {
  private static final String TIME = "/v1/worlds/clockwork/time";

  @Test
  void setsAWorldsClockAndSchedulesBy(TheGame game) {
    var operator = game.operator();

    operator
        .put(TIME, "{\"targetTime\": {\"year\": 3, \"month\": 7, \"day\": 1, \"hour\": 19}}")
        .as(SetTimeResponse.getDefaultInstance());
    var now = game.anybody().get(TIME).as(GetTimeResponse.getDefaultInstance()).getNow();
    assertThat(now.getGameTime().getYear()).isEqualTo(3);
    assertThat(now.getDayPhase()).isEqualTo(DayPhase.DUSK);

    String schedule = "/v1/worlds/clockwork/schedules/vespers";
    operator.put(
        schedule,
        "{\"scheduledTime\": {\"year\": 3, \"month\": 7, \"day\": 2, \"hour\": 18},"
            + " \"callbackSubject\": \"callback.vespers\"}");
    var scheduled = operator.get(schedule).as(GetScheduleResponse.getDefaultInstance());
    assertThat(scheduled.getSchedule().getEventId()).isEqualTo("vespers");
  }

  @Test
  void namesWhatIsWrongInARequest(TheGame game) {
    var wrong =
        game.operator()
            .put(TIME, "{\"targetTime\": {\"year\": 3, \"month\": 13, \"day\": 1}}")
            .problem();
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.fields()).containsExactly("target_time.month");
  }
}
