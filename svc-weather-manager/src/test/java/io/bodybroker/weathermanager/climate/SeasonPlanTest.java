package io.bodybroker.weathermanager.climate;

import static io.bodybroker.weathermanager.v1.WeatherType.FOG;
import static io.bodybroker.weathermanager.v1.WeatherType.STORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeasonPlanTest {
  private static List<Spell> spells(long seed, long season) {
    var plan = SeasonPlan.of(Chance.of("world", "zone", seed), season);
    var end = GameMoment.ofMinute(GameMoment.firstMinute(season + 1));
    var spells = new ArrayList<Spell>();
    var next = GameMoment.ofMinute(GameMoment.firstMinute(season));
    while (next.isBefore(end)) {
      var spell = plan.at(next);
      assertThat(spell.from()).isEqualTo(next);
      assertThat(plan.at(spell.until().previous())).isEqualTo(spell);
      spells.add(spell);
      next = spell.until();
    }
    assertThat(next).isEqualTo(end);
    return spells;
  }

  @Property(tries = 50)
  void coversItsSeasonWithWeatherOfIts(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 40_000) long season) {
    var climate = Climate.ofSeason(season);
    var spells = spells(seed, season);
    assertThat(spells.getFirst().type()).isEqualTo(climate.first());
    assertThat(spells).allMatch(spell -> climate.brings(spell.type()));
    for (int i = 1; i < spells.size(); i++) {
      assertThat(spells.get(i).type()).isNotEqualTo(spells.get(i - 1).type());
    }
  }

  @Test
  void isCutShortOnlyByDawnByDuskAndByItsEnd() {
    var spells = spells(1, 1);
    for (Spell spell : spells.subList(0, spells.size() - 1)) {
      if (spell.until().since(spell.from()).toMinutes() < SpellLength.MIN_MINUTES) {
        assertThat(spell.until().minute() % GameMoment.MINUTES_PER_DAY).isIn(5L * 60, 18L * 60);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, FOG, 0.30", "3, 5, FOG, 0.30", "4, 5, FOG, 0.30", "1, 18, STORM, 0.20",
    "2, 18, STORM, 0.20", "2, 5, FOG, 0", "3, 18, STORM, 0", "4, 18, STORM, 0"
  })
  void bringsFogAtSomeDawnsAndStormsAtSomeDusks(
      long season, int hour, WeatherType type, double share) {
    long days = 0;
    long hits = 0;
    for (long seed = 0; seed < 40; seed++) {
      var plan = SeasonPlan.of(Chance.of("world", "zone", seed), season);
      long first = GameMoment.firstMinute(season) + hour * 60L;
      for (int day = 0; day < 90; day++) {
        var turn = GameMoment.ofMinute(first + day * (long) GameMoment.MINUTES_PER_DAY);
        // Where it is of that type already, nothing can begin.
        if (plan.at(turn.previous()).type() != type) {
          days++;
          hits += plan.at(turn).type() == type ? 1 : 0;
        }
      }
    }
    assertThat((double) hits / days).isCloseTo(share, within(0.03));
  }

  @Test
  void isTheSameHoweverOftenItIsLaidOut() {
    assertThat(LongStream.range(0, 8).mapToObj(season -> spells(9, season)).toList())
        .isEqualTo(LongStream.range(0, 8).mapToObj(season -> spells(9, season)).toList());
    assertThat(spells(9, 2)).isNotEqualTo(spells(10, 2));
    assertThat(spells(9, 1).stream().map(Spell::type)).contains(FOG, STORM);
  }
}
