package io.bodybroker.weathermanager.climate;

import static io.bodybroker.weathermanager.v1.WeatherType.BLIZZARD;
import static io.bodybroker.weathermanager.v1.WeatherType.CLEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ZoneWeatherLineTest {
  /** 200 years of the game, in milliseconds. */
  private static final long YEARS = 200L * 360 * 24 * 3_600_000;

  private static final GameMoment MOMENT = GameMoment.of(Duration.ofDays(19_560).plusHours(9));

  private static ZoneWeatherLine line(long seed) {
    return ZoneWeatherLine.of(new NaturalWeather(), "veridian", "harbour", seed);
  }

  private static ForcedWeather blizzard(GameMoment from, ZoneWeatherLine over) {
    return new ForcedWeather(
        BLIZZARD,
        from,
        from,
        from.plus(Duration.ofHours(1)),
        from.plus(Duration.ofHours(6)),
        over.at(from),
        UsualFigures.of(BLIZZARD, from.climate()));
  }

  @Property(tries = 300)
  void keepsAllFiguresWithinTheirBounds(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = YEARS) long millis) {
    var figures = line(seed).at(new GameMoment(millis)).figures();
    assertThat(figures.intensity()).isBetween(0.0, 1.0);
    assertThat(figures.temperature()).isBetween(-40.0, 50.0);
    assertThat(figures.wind()).isBetween(0.0, 150.0);
    assertThat(figures.humidity()).isBetween(0.0, 1.0);
    assertThat(figures.visibility()).isBetween(100.0, 10_000.0);
    assertThat(figures.effects().stealthBonus()).isBetween(0.0, 1.0);
    assertThat(figures.effects().rangedAccuracy()).isBetween(0.0, 1.0);
    assertThat(figures.effects().moveSpeed()).isBetween(0.0, 1.0);
    assertThat(figures.effects().decayRate()).isBetween(0.6, 1.5);
  }

  @Property(tries = 300)
  void hasAnotherTypeExactlyFromTheNextChangeOn(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = YEARS) long millis) {
    var line = line(seed);
    var now = new GameMoment(millis);
    var last = line.lastChange(now);
    var next = line.nextChange(now);
    assertThat(next).isGreaterThan(now);
    assertThat(last).isLessThanOrEqualTo(now);
    assertThat(line.typeAt(next)).isNotEqualTo(line.typeAt(now));
    assertThat(line.lastChange(next)).isEqualTo(next);
    assertThat(line.nextChange(last)).isEqualTo(next);
    for (long t = last.millis(); t < next.millis(); t += 60_000) {
      assertThat(line.typeAt(new GameMoment(t))).isEqualTo(line.typeAt(now));
    }
    assertThat(line.typeAt(next.previous())).isEqualTo(line.typeAt(now));
    if (GameMoment.FIRST.isBefore(last)) {
      assertThat(line.typeAt(last.previous())).isNotEqualTo(line.typeAt(now));
    }
  }

  @Property(tries = 100)
  void isTheSameForTheSameSeedAndTimeOnAnyInstance(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = YEARS) long millis) {
    var now = new GameMoment(millis);
    var visited = line(seed);
    for (int day = -5; day < 5; day++) {
      visited.at(new GameMoment(Math.max(0, millis + day * 86_400_000L)));
    }
    assertThat(line(seed).at(now)).isEqualTo(visited.at(now));
  }

  @Property(tries = 100)
  void movesWithoutJumps(
      @ForAll long seed, @ForAll @LongRange(min = 60_000, max = YEARS) long millis) {
    var line = line(seed);
    var now = line.nextChange(new GameMoment(millis));
    for (int second = 0; second < 900; second++) {
      var before = line.at(now.plus(Duration.ofSeconds(second - 1))).figures();
      var after = line.at(now.plus(Duration.ofSeconds(second))).figures();
      assertThat(after.intensity()).isCloseTo(before.intensity(), within(0.003));
      assertThat(after.temperature()).isCloseTo(before.temperature(), within(0.2));
      assertThat(after.wind()).isCloseTo(before.wind(), within(0.2));
      assertThat(after.visibility()).isCloseTo(before.visibility(), within(20.0));
    }
  }

  @Property(tries = 100)
  void driftsNoFurtherThanTheRulesAllow(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = YEARS) long millis) {
    var line = line(seed);
    var now = new GameMoment(millis);
    if (line.transitionAt(now).isPresent()) {
      return;
    }
    var usual = UsualFigures.of(line.typeAt(now), now.climate());
    var figures = line.at(now).figures();
    assertThat(figures.intensity()).isCloseTo(usual.intensity(), within(Drift.INTENSITY));
    assertThat(figures.temperature()).isCloseTo(usual.temperature(), within(Drift.TEMPERATURE));
    assertThat(figures.wind()).isCloseTo(usual.wind(), within(Drift.WIND));
  }

  /** What players of running worlds see: a change here changes it. */
  @Test
  void isTheSameInEveryVersion() {
    var line = ZoneWeatherLine.of(new NaturalWeather(), "veridian", "default", 0);
    assertThat(line.typeAt(MOMENT)).isEqualTo(WeatherType.HEAVY_RAIN);
    assertThat(line.nextChange(MOMENT).since(MOMENT)).isEqualTo(Duration.ofMinutes(20));
    assertThat(line.at(MOMENT).figures().temperature())
        .isCloseTo(10.777845249241324, within(1e-12));
  }

  @Test
  void differsFromZoneToZone() {
    var harbour = line(1);
    var hills = ZoneWeatherLine.of(new NaturalWeather(), "veridian", "hills", 1);
    assertThat(harbour.nextChange(MOMENT)).isNotEqualTo(hills.nextChange(MOMENT));
    assertThat(harbour.nextChange(MOMENT)).isNotEqualTo(line(2).nextChange(MOMENT));
  }

  @Test
  void isForcedFromThenOnAndAfterwardsWhatItWouldHaveBeen() {
    var natural = line(1);
    var forced = natural.with(blizzard(MOMENT, natural));
    var end = MOMENT.plus(Duration.ofHours(6));
    assertThat(forced.typeAt(MOMENT.previous())).isEqualTo(natural.typeAt(MOMENT.previous()));
    assertThat(forced.typeAt(MOMENT)).isEqualTo(BLIZZARD);
    assertThat(forced.typeAt(end.previous())).isEqualTo(BLIZZARD);
    assertThat(forced.typeAt(end)).isEqualTo(natural.typeAt(end));
    assertThat(forced.nextChange(MOMENT)).isEqualTo(end);
    assertThat(forced.lastChange(end.previous())).isEqualTo(MOMENT);
    assertThat(forced.lastChange(end)).isEqualTo(end);
    assertThat(forced.nextChange(MOMENT.previous())).isEqualTo(MOMENT);
    var later = end.plus(Transition.NATURAL);
    assertThat(forced.nextChange(later)).isEqualTo(natural.nextChange(later));
  }

  @Test
  void movesStraightFromWhatItWasToWhatIsForced() {
    var natural = line(1);
    var forced = natural.with(blizzard(MOMENT, natural));
    var start = natural.at(MOMENT).figures();
    var goal = UsualFigures.of(BLIZZARD, MOMENT.climate());
    assertThat(forced.at(MOMENT).figures()).isEqualTo(start);
    var half = forced.at(MOMENT.plus(Duration.ofMinutes(30)));
    assertThat(half.figures().wind()).isCloseTo((start.wind() + goal.wind()) / 2, within(1e-9));
    assertThat(half.figures().visibility())
        .isCloseTo((start.visibility() + goal.visibility()) / 2, within(1e-9));
    assertThat(forced.at(MOMENT.plus(Duration.ofHours(1))).figures()).isEqualTo(goal);
    assertThat(forced.at(MOMENT.plus(Duration.ofHours(5))).figures()).isEqualTo(goal);
    assertThat(forced.transitionAt(MOMENT.plus(Duration.ofMinutes(15))))
        .hasValueSatisfying(change -> {
          assertThat(change.from()).isEqualTo(natural.typeAt(MOMENT));
          assertThat(change.progress(MOMENT.plus(Duration.ofMinutes(15)))).isEqualTo(0.25);
        });
    assertThat(forced.transitionAt(MOMENT.plus(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void doesNotChangeWhereWhatIsForcedIsWhatItWouldHaveBeen() {
    var natural = line(1);
    WeatherType type = natural.typeAt(MOMENT);
    var last = natural.lastChange(MOMENT);
    var next = natural.nextChange(MOMENT);
    var until = MOMENT.plus(next.since(MOMENT).dividedBy(2));
    var forced =
        natural.with(
            new ForcedWeather(
                type,
                last,
                MOMENT,
                MOMENT,
                until,
                natural.at(MOMENT),
                UsualFigures.of(type, MOMENT.climate())));
    assertThat(forced.nextChange(MOMENT)).isEqualTo(next);
    assertThat(forced.lastChange(MOMENT)).isEqualTo(last);
    assertThat(forced.lastChange(until)).isEqualTo(last);
    assertThat(forced.nextChange(last)).isEqualTo(next);
  }

  @Test
  void beginsWithTheFirstWeatherOfTheFirstWinter() {
    var line = line(1);
    assertThat(line.typeAt(GameMoment.FIRST)).isEqualTo(WeatherType.CLOUDY);
    assertThat(line.lastChange(GameMoment.FIRST)).isEqualTo(GameMoment.FIRST);
    assertThat(line.transitionAt(GameMoment.FIRST)).isEmpty();
    assertThat(line.at(GameMoment.FIRST).type()).isNotEqualTo(CLEAR);
  }
}
