package io.bodybroker.weathermanager.climate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.weathermanager.v1.WeatherType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsualFiguresTest {
  @ParameterizedTest
  @CsvSource({
    "CLEAR, 0, 5, 0.4, 10000",
    "PARTLY_CLOUDY, 0.2, 8, 0.5, 9000",
    "CLOUDY, 0.4, 10, 0.6, 8000",
    "RAIN, 0.6, 15, 0.9, 4000",
    "HEAVY_RAIN, 0.8, 25, 0.95, 2000",
    "STORM, 0.9, 40, 0.85, 1500",
    "FOG, 0.5, 2, 0.95, 200",
    "MIST, 0.3, 3, 0.9, 2000",
    "SNOW, 0.6, 10, 0.7, 2000",
    "HEAVY_SNOW, 0.8, 20, 0.8, 800",
    "BLIZZARD, 1, 60, 0.85, 100",
    "WINDY, 0.4, 30, 0.5, 8000",
    "EXTREME_HEAT, 0.9, 5, 0.6, 6000",
    "EXTREME_COLD, 0.8, 8, 0.5, 8000"
  })
  void areThoseOfTheRules(
      WeatherType type, double intensity, double wind, double humidity, double visibility) {
    var figures = UsualFigures.of(type, Climate.FALL);
    assertThat(figures.intensity()).isEqualTo(intensity);
    assertThat(figures.wind()).isEqualTo(wind);
    assertThat(figures.humidity()).isEqualTo(humidity);
    assertThat(figures.visibility()).isEqualTo(visibility);
  }

  @ParameterizedTest
  @CsvSource({"EXTREME_HEAT, 1.5", "EXTREME_COLD, 0.6", "CLEAR, 1.0"})
  void letThingsDecayAsTheTemperatureDoes(WeatherType type, double rate) {
    assertThat(UsualFigures.of(type, Climate.FALL).effects().decayRate()).isEqualTo(rate);
  }

  @Test
  void existForNoUnspecifiedType() {
    assertThatThrownBy(() -> UsualFigures.of(WeatherType.WEATHER_TYPE_UNSPECIFIED, Climate.FALL))
        .hasMessageContaining("WEATHER_TYPE_UNSPECIFIED");
  }
}
