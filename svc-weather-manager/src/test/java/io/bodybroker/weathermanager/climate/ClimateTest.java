package io.bodybroker.weathermanager.climate;

import static io.bodybroker.weathermanager.v1.WeatherType.CLEAR;
import static io.bodybroker.weathermanager.v1.WeatherType.CLOUDY;
import static io.bodybroker.weathermanager.v1.WeatherType.FOG;
import static io.bodybroker.weathermanager.v1.WeatherType.PARTLY_CLOUDY;
import static io.bodybroker.weathermanager.v1.WeatherType.STORM;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClimateTest {
  @ParameterizedTest
  @CsvSource({
    "SPRING, PARTLY_CLOUDY, 12.5, 30, -5, 0",
    "SUMMER, CLEAR, 27.5, 45, 10, 0",
    "FALL, CLOUDY, 7.5, 25, -10, -5",
    "WINTER, CLOUDY, -2.5, 15, -20, -15"
  })
  void hasTheTemperaturesOfItsSeason(
      Climate climate, WeatherType first, double usual, double heat, double cold, double snow) {
    assertThat(climate.first()).isEqualTo(first);
    assertThat(climate.temperature(CLOUDY)).isEqualTo(usual);
    assertThat(climate.temperature(WeatherType.EXTREME_HEAT)).isEqualTo(heat);
    assertThat(climate.temperature(WeatherType.EXTREME_COLD)).isEqualTo(cold);
    assertThat(climate.temperature(WeatherType.SNOW)).isEqualTo(snow);
    assertThat(climate.temperature(WeatherType.HEAVY_SNOW)).isEqualTo(snow);
    assertThat(climate.temperature(WeatherType.BLIZZARD)).isEqualTo(snow);
  }

  @ParameterizedTest
  @CsvSource({
    "SPRING, RAIN, 0.5", "SPRING, STORM, 0.5", "SPRING, HEAVY_RAIN, 1.5", "SPRING, CLEAR, 1.5",
    "SUMMER, CLEAR, 0.7", "SUMMER, EXTREME_HEAT, 0.7", "SUMMER, STORM, 1.8", "SUMMER, WINDY, 1.0",
    "FALL, WINDY, 0.6", "FALL, FOG, 0.6", "FALL, MIST, 0.6", "FALL, RAIN, 1.2",
    "WINTER, SNOW, 0.4", "WINTER, HEAVY_SNOW, 0.4", "WINTER, BLIZZARD, 0.4", "WINTER, FOG, 1.3"
  })
  void changesAsFastAsItsSeasonSays(Climate climate, WeatherType type, double volatility) {
    assertThat(climate.volatility(type)).isEqualTo(volatility);
  }

  @Test
  void offersTwiceWhatBothTheYearAndTheSeasonName() {
    assertThat(Climate.SUMMER.successors(STORM)).hasSize(8);
    assertThat(Collections.frequency(Climate.SUMMER.successors(STORM), CLEAR)).isEqualTo(2);
    assertThat(Collections.frequency(Climate.SUMMER.successors(STORM), PARTLY_CLOUDY)).isEqualTo(2);
    assertThat(Collections.frequency(Climate.SUMMER.successors(STORM), CLOUDY)).isEqualTo(1);
    assertThat(Climate.SUMMER.successors(CLEAR)).hasSize(7).doesNotContain(CLEAR);
  }

  @Test
  void bringsFogAndStormOnlyWhereTheyBelong() {
    assertThat(Climate.values())
        .filteredOn(climate -> climate.brings(FOG))
        .containsExactly(Climate.SPRING, Climate.FALL, Climate.WINTER);
    assertThat(Climate.values())
        .filteredOn(climate -> climate.brings(STORM))
        .containsExactly(Climate.SPRING, Climate.SUMMER);
  }

  @ParameterizedTest
  @EnumSource(Climate.class)
  void neverOffersWhatItDoesNotBring(Climate climate) {
    for (WeatherType type : WeatherType.values()) {
      if (climate.brings(type)) {
        assertThat(climate.successors(type)).allMatch(climate::brings).doesNotContain(type);
      }
    }
  }
}
