package io.bodybroker.weathermanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.weathermanager.climate.GameMoment;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GameClockTest {
  private static final Instant REAL = Clocks.ANCHOR;

  private static GameMoment moment(Duration sinceFirst) {
    return GameMoment.of(sinceFirst);
  }

  @Test
  void runsAsFastAsItsScaleSays() {
    var clock = GameClock.of(Clocks.usual());
    assertThat(clock.at(REAL)).isEqualTo(moment(Duration.ofHours(7)));
    assertThat(clock.at(REAL.plusSeconds(60))).isEqualTo(moment(Duration.ofHours(8)));
    assertThat(clock.when(moment(Duration.ofHours(31)))).isEqualTo(REAL.plusSeconds(24 * 60));
  }

  @Test
  void runsFasterUntilItHasCaughtUp() {
    var clock =
        GameClock.of(Clocks.catchingUp(REAL, Duration.ofHours(7), 60, Duration.ofHours(67)));
    assertThat(clock.at(REAL.plusSeconds(30))).isEqualTo(moment(Duration.ofHours(37)));
    assertThat(clock.at(REAL.plusSeconds(60))).isEqualTo(moment(Duration.ofHours(67)));
    assertThat(clock.at(REAL.plusSeconds(120))).isEqualTo(moment(Duration.ofHours(68)));
    assertThat(clock.when(moment(Duration.ofHours(37)))).isEqualTo(REAL.plusSeconds(30));
    assertThat(clock.when(moment(Duration.ofHours(68)))).isEqualTo(REAL.plusSeconds(120));
  }

  @Test
  void showsWhatItWasSetToBeforeItWasSet() {
    var clock = GameClock.of(Clocks.usual());
    assertThat(clock.at(REAL.minusSeconds(5))).isEqualTo(moment(Duration.ofHours(7)));
    assertThat(clock.when(moment(Duration.ofHours(6)))).isEqualTo(REAL.minusSeconds(60));
  }

  @Property(tries = 500)
  void tellsTheFirstMillisecondOfAMoment(
      @ForAll @IntRange(min = 1, max = 3_600_000) int thousandths,
      @ForAll @LongRange(min = 0, max = 86_400_000L * 3600) long later) {
    var clock = GameClock.of(Clocks.anchored(REAL, Duration.ofDays(9), thousandths / 1000.0));
    var moment = moment(Duration.ofDays(9).plusMillis(later));
    var real = clock.when(moment);
    assertThat(clock.at(real)).isGreaterThanOrEqualTo(moment);
    if (real.isAfter(REAL)) {
      assertThat(clock.at(real.minusMillis(1))).isLessThan(moment);
    }
  }
}
