package io.bodybroker.weathermanager.climate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.common.v1.GameTime;
import io.bodybroker.common.v1.Season;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GameMomentTest {
  private static GameMoment monthStart(int year, int month) {
    return GameMoment.of(Duration.ofDays((year - 1) * 360L + (month - 1) * 30L));
  }

  @ParameterizedTest
  @CsvSource({
    "1, WINTER", "2, WINTER", "3, SPRING", "4, SPRING", "5, SPRING", "6, SUMMER",
    "7, SUMMER", "8, SUMMER", "9, FALL", "10, FALL", "11, FALL", "12, WINTER"
  })
  void hasTheSeasonOfItsMonth(int month, Season season) {
    for (int year : new int[] {1, 2, 55, 9999}) {
      var start = monthStart(year, month);
      assertThat(start.climate().season()).isEqualTo(season);
      assertThat(start.plus(Duration.ofDays(30)).previous().climate().season()).isEqualTo(season);
    }
  }

  @Test
  void readsAsTheCalendarShowsIt() {
    var moment =
        monthStart(55, 12)
            .plus(Duration.ofDays(29))
            .plus(Duration.ofHours(23).plusMinutes(59).plusSeconds(58).plusMillis(999));
    assertThat(moment.toGameTime())
        .isEqualTo(
            GameTime.newBuilder()
                .setYear(55)
                .setMonth(12)
                .setDay(30)
                .setHour(23)
                .setMinute(59)
                .setSecond(58)
                .build());
    assertThat(moment.plus(Duration.ofMillis(1001)).toGameTime())
        .isEqualTo(GameTime.newBuilder().setYear(56).setMonth(1).setDay(1).build());
  }

  @Test
  void beginsItsSeasonWithTheFirstMinuteOfIt() {
    for (long season = 1; season < 400; season++) {
      var first = GameMoment.ofMinute(GameMoment.firstMinute(season));
      assertThat(first.season()).isEqualTo(season);
      assertThat(first.previous().season()).isEqualTo(season - 1);
    }
    assertThat(GameMoment.firstMinute(0)).isZero();
  }
}
