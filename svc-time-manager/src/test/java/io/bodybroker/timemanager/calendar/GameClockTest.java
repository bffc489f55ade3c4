package io.bodybroker.timemanager.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GameClockTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final GameMoment NOON = GameMoment.ofHour(12);
  private static final long YEAR_NANOS = 31_536_000_000_000_000L;

  @Test
  void takes24RealMinutesForAGameDayUnlessToldOtherwise() {
    var start = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(GameClock.DEFAULT.at(start)).hasToString("1-01-01 07:00:00");
    assertThat(GameClock.DEFAULT.at(start.plusSeconds(60))).hasToString("1-01-01 08:00:00");
    assertThat(GameClock.DEFAULT.at(start.plusSeconds(24 * 60))).hasToString("1-01-02 07:00:00");
    assertThat(GameClock.DEFAULT.at(start.minusSeconds(1))).hasToString("1-01-01 07:00:00");
  }

  @Test
  void losesNothingInTenThousandChangesOfScale() {
    var clock = GameClock.startingAt(NOW, NOON, new Scale(1_000));
    var now = NOW;
    for (int i = 0; i < 10_000; i++) {
      now = now.plusMillis(1);
      clock = clock.withScale(new Scale(i % 2 == 0 ? 3_000 : 1_000), now);
    }
    assertThat(clock.at(now)).isEqualTo(NOON.plus(Duration.ofSeconds(5 + 3 * 5)));
  }

  @Test
  void jumpsForwardAndBackAndRunsOnFromThere() {
    var clock = GameClock.startingAt(NOW, NOON, new Scale(2_000));
    var later = NOW.plusSeconds(10);
    var jumped = clock.jumpTo(GameMoment.ofHour(3), later);
    assertThat(jumped.at(later)).isEqualTo(GameMoment.ofHour(3));
    assertThat(jumped.at(later.plusSeconds(5)))
        .isEqualTo(GameMoment.ofHour(3).plus(Duration.ofSeconds(10)));
    assertThat(jumped.timeline()).isEqualTo(clock.timeline() + 1);
  }

  @Test
  void runsSixtyTimesFasterUntilAGradualTargetIsReached() {
    var clock = GameClock.startingAt(NOW, NOON, new Scale(60_000));
    var gradual = clock.runTo(GameMoment.ofHour(13), NOW, "target_time");
    assertThat(gradual.at(NOW)).isEqualTo(NOON);
    assertThat(gradual.at(NOW.plusMillis(500))).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
    assertThat(gradual.isCatchingUp(NOW.plusMillis(999))).isTrue();
    assertThat(gradual.at(NOW.plusSeconds(1))).isEqualTo(GameMoment.ofHour(13));
    assertThat(gradual.isCatchingUp(NOW.plusSeconds(1))).isFalse();
    assertThat(gradual.at(NOW.plusSeconds(61))).isEqualTo(GameMoment.ofHour(14));
    assertThat(gradual.timeline()).isEqualTo(clock.timeline());
  }

  @Test
  void keepsTheTargetOfAGradualChangeWhenTheScaleChangesOnTheWay() {
    var gradual =
        GameClock.startingAt(NOW, NOON, new Scale(60_000))
            .runTo(GameMoment.ofHour(14), NOW, "target_time");
    var slower = gradual.withScale(new Scale(30_000), NOW.plusSeconds(1));
    assertThat(slower.at(NOW.plusSeconds(1))).isEqualTo(GameMoment.ofHour(13));
    assertThat(slower.at(NOW.plusSeconds(3))).isEqualTo(GameMoment.ofHour(14));
    assertThat(slower.at(NOW.plusSeconds(3 + 120))).isEqualTo(GameMoment.ofHour(15));
  }

  @Test
  void refusesToRunBackGradually() {
    var clock = GameClock.startingAt(NOW, NOON, new Scale(60_000));
    var error =
        catchThrowableOfType(
            ServiceException.class, () -> clock.runTo(GameMoment.ofHour(11), NOW, "target_time"));
    assertThat(error.code()).isEqualTo(ErrorCode.OUT_OF_RANGE);
    assertThat(error.message())
        .isEqualTo(
            "target_time: 1-01-01 11:00:00 (expected: after 1-01-01 12:00:00, the time in the"
                + " world)");
  }

  @Property
  void neverGoesBackWithinATimeline(
      @ForAll("changedClocks") GameClock clock,
      @ForAll @LongRange(max = YEAR_NANOS) long first,
      @ForAll @LongRange(max = 100_000_000_000L) long then) {
    var earlier = NOW.plusNanos(first);
    assertThat(clock.at(earlier.plusNanos(then))).isGreaterThanOrEqualTo(clock.at(earlier));
  }

  @Property
  void showsTheSameBeforeAndAfterAChangeOfScale(
      @ForAll("changedClocks") GameClock clock,
      @ForAll @LongRange(max = YEAR_NANOS) long nanos,
      @ForAll @LongRange(min = 1, max = 3_600_000) long thousandths) {
    var now = NOW.plusNanos(nanos);
    assertThat(clock.withScale(new Scale(thousandths), now).at(now)).isEqualTo(clock.at(now));
  }

  @Property
  void tellsTheFirstRealTimeOfAnyLaterMoment(
      @ForAll("changedClocks") GameClock clock,
      @ForAll @LongRange(min = 1, max = YEAR_NANOS) long nanos) {
    var moment = clock.gameAnchor().plus(Duration.ofNanos(nanos));
    var real = clock.realTimeOf(moment);
    assertThat(clock.at(real)).isGreaterThanOrEqualTo(moment);
    assertThat(clock.at(real.minusNanos(1))).isLessThan(moment);
  }

  @Property
  void spendsNoLessRealTimeThanAGameTimeTakes(
      @ForAll @LongRange(min = 1, max = 216_000_000) long thousandths,
      @ForAll @LongRange(max = YEAR_NANOS) long nanos) {
    var scale = new Scale(thousandths);
    var game = Duration.ofNanos(nanos);
    assertThat(scale.gameTime(scale.realTime(game))).isGreaterThanOrEqualTo(game);
    assertThat(scale.realTime(scale.gameTime(game))).isLessThanOrEqualTo(game);
  }

  @Test
  void keepsScalesToAThousandth() {
    assertThat(List.of(0.001, 1.0, 60.0, 1.0 / 3, 3600.0))
        .extracting(scale -> Scale.of(scale).multiplier())
        .containsExactly(0.001, 1.0, 60.0, 0.333, 3600.0);
  }

  /** Any clock, also one that still runs to a target. */
  @Provide
  Arbitrary<GameClock> changedClocks() {
    var scales = Arbitraries.longs().between(1, 3_600_000).map(Scale::new);
    var anchors = Arbitraries.longs().between(0, YEAR_NANOS);
    var leads = Arbitraries.longs().between(0, YEAR_NANOS).injectDuplicates(0.1);
    return Combinators.combine(scales, anchors, leads)
        .as((scale, anchor, lead) -> {
          var from = new GameMoment(Duration.ofNanos(anchor));
          return new GameClock(NOW, from, from.plus(Duration.ofNanos(lead)), scale, 0);
        });
  }
}
