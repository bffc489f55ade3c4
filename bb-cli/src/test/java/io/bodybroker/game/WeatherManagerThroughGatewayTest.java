package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.weathermanager.v1.GetWeatherResponse;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class WeatherManagerThroughGatewayTest {
  private static final String ZONE = "/v1/worlds/moor/zones/mire/weather";

  @Test
  void streamsTheWeatherThatIsForced(TheGame game) {
    var operator = game.operator();
    operator.put("/v1/worlds/moor/zones/mire", "{}");

    operator.put(ZONE, "{\"type\": \"BLIZZARD\"}");
    var zone = game.anybody().get(ZONE).as(GetWeatherResponse.getDefaultInstance()).getZones(0);
    assertThat(zone.getCondition().getType()).isEqualTo(WeatherType.BLIZZARD);
    assertThat(zone.getForced()).isTrue();

    try (var lines =
        game.anybody()
            .events("/v1/worlds/moor/zones/mire/weather/changes", UnaryOperator.identity())) {
      assertThat(lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow())
          .contains("BLIZZARD");
    }
  }

  @Test
  void namesWhatIsWrongInARequest(TheGame game) {
    var wrong = game.operator().put(ZONE, "{}").problem();
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.fields()).containsExactly("type");
  }
}
