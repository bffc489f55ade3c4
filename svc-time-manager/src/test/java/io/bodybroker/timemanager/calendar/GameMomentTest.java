package io.bodybroker.timemanager.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.common.v1.DayPhase;
import io.bodybroker.common.v1.GameTime;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.common.v1.Season;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GameMomentTest {
  private static final long LAST_SECOND = 9999L * 360 * 86_400 - 1;

  @ParameterizedTest
  @CsvSource({
    "0, 0, MIDNIGHT", "0, 59, MIDNIGHT", "1, 0, NIGHT", "4, 59, NIGHT", "5, 0, DAWN",
    "6, 59, DAWN", "7, 0, MORNING", "10, 59, MORNING", "11, 0, NOON", "12, 59, NOON",
    "13, 0, AFTERNOON", "17, 59, AFTERNOON", "18, 0, DUSK", "19, 59, DUSK", "20, 0, NIGHT",
    "23, 59, NIGHT"
  })
  void partsTheDayAtTheHoursOfTheTable(int hour, int minute, DayPhase phase) {
    assertThat(new GameMoment(Duration.ofHours(hour).plusMinutes(minute)).dayPhase())
        .isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, NEW", "2, 5, CRESCENT", "6, 8, HALF", "9, 12, GIBBOUS", "13, 15, FULL",
    "16, 19, GIBBOUS", "20, 22, HALF", "23, 26, CRESCENT", "27, 29, NEW", "30, 33, CRESCENT"
  })
  void turnsTheMoonIn28Days(int firstDay, int lastDay, MoonPhase phase) {
    assertThat(IntStream.rangeClosed(firstDay, lastDay))
        .allSatisfy(day -> assertThat(GameMoment.ofDay(day).moonPhase()).isEqualTo(phase));
  }

  @ParameterizedTest
  @CsvSource({
    "1, WINTER",
    "2, WINTER",
    "3, SPRING",
    "4, SPRING",
    "5, SPRING",
    "6, SUMMER",
    "7, SUMMER",
    "8, SUMMER",
    "9, FALL",
    "10, FALL",
    "11, FALL",
    "12, WINTER"
  })
  void givesEachMonthItsSeason(int month, Season season) {
    assertThat(moment(7, month, 1).season()).isEqualTo(season);
    assertThat(moment(7, month, 30).season()).isEqualTo(season);
  }

  @Test
  void beginsInYearOneAndCarriesOver() {
    assertThat(GameMoment.BEGINNING).hasToString("1-01-01 00:00:00");
    assertThat(GameMoment.ofHour(30 * 24 - 1)).hasToString("1-01-30 23:00:00");
    assertThat(GameMoment.ofHour(30 * 24)).hasToString("1-02-01 00:00:00");
    assertThat(new GameMoment(Duration.ofSeconds(360L * 86_400 - 1)))
        .hasToString("1-12-30 23:59:59");
    assertThat(GameMoment.ofDay(360)).hasToString("2-01-01 00:00:00");
    assertThat(new GameMoment(Duration.ofSeconds(LAST_SECOND))).hasToString("9999-12-30 23:59:59");
  }

  @Property
  void isTheSameMomentAgainFromItsDate(@ForAll @LongRange(max = LAST_SECOND) long second) {
    var moment = new GameMoment(Duration.ofSeconds(second));
    assertThat(GameMoment.of(moment.date(), "time")).isEqualTo(moment);
  }

  @Property
  void hasTheDateAgainFromItsMoment(
      @ForAll @IntRange(min = 1, max = 9999) int year,
      @ForAll @IntRange(min = 1, max = 12) int month,
      @ForAll @IntRange(min = 1, max = 30) int day,
      @ForAll @IntRange(max = 86_399) int second) {
    var date =
        GameTime.newBuilder()
            .setYear(year)
            .setMonth(month)
            .setDay(day)
            .setHour(second / 3600)
            .setMinute(second / 60 % 60)
            .setSecond(second % 60)
            .build();
    assertThat(GameMoment.of(date, "time").date()).isEqualTo(date);
  }

  @Property
  void knowsPhaseMoonAndSeasonOfAnyMoment(@ForAll @LongRange(max = LAST_SECOND) long second) {
    var moment = new GameMoment(Duration.ofSeconds(second));
    assertThat(moment.dayPhase()).isNotEqualTo(DayPhase.DAY_PHASE_UNSPECIFIED);
    assertThat(moment.moonPhase()).isEqualTo(moment.plus(Duration.ofDays(28)).moonPhase());
    assertThat(moment.season()).isEqualTo(moment.plus(Duration.ofDays(360)).season());
  }

  @Test
  void namesEachFieldThatIsOutOfItsRange() {
    var date = GameTime.newBuilder().setYear(0).setMonth(13).setDay(31).setHour(24).setMinute(60);
    var error =
        catchThrowableOfType(
            ServiceException.class, () -> GameMoment.of(date.setSecond(-1).build(), "target_time"));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.fieldViolations())
        .containsExactly(
            new FieldViolation("target_time.year", "0", "1 to 9999"),
            new FieldViolation("target_time.month", "13", "1 to 12"),
            new FieldViolation("target_time.day", "31", "1 to 30"),
            new FieldViolation("target_time.hour", "24", "0 to 23"),
            new FieldViolation("target_time.minute", "60", "0 to 59"),
            new FieldViolation("target_time.second", "-1", "0 to 59"));
  }

  @Test
  void refusesATimeBeforeTheBeginning() {
    assertThatThrownBy(() -> new GameMoment(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: not negative");
  }

  private static GameMoment moment(int year, int month, int day) {
    return GameMoment.of(
        GameTime.newBuilder().setYear(year).setMonth(month).setDay(day).build(), "time");
  }
}
