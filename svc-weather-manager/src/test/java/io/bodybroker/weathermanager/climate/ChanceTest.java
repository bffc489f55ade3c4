package io.bodybroker.weathermanager.climate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChanceTest {
  /**
   * These numbers are the weather of worlds that are running: a change here changes it under their
   * players.
   */
  @Test
  void drawsTheSameInEveryVersion() {
    var zone = Chance.of("veridian", "harbour", 42);
    assertThat(zone.state()).isEqualTo(-8460558175590799788L);
    assertThat(zone.at(7).at(1).fraction()).isEqualTo(0.14979244815685488);
    assertThat(zone.at(7).at(1).below(1000)).isEqualTo(149);
  }

  @Test
  void tellsZonesApartWhoseNamesReadAlike() {
    assertThat(Chance.of("ab", "c", 0)).isNotEqualTo(Chance.of("a", "bc", 0));
    assertThat(Chance.of("a", "b", 0)).isNotEqualTo(Chance.of("b", "a", 0));
    assertThat(Chance.of("a", "b", 0)).isNotEqualTo(Chance.of("a", "b", 1));
  }

  @Test
  void spreadsEvenlyOverNeighbouringPlaces() {
    var chance = Chance.of("world", "zone", 1);
    var mean = LongStream.range(0, 100_000).mapToDouble(i -> chance.at(i).fraction()).average();
    assertThat(mean.orElseThrow()).isCloseTo(0.5, within(0.005));
    for (int face = 0; face < 6; face++) {
      int wanted = face;
      long hits = LongStream.range(0, 60_000).filter(i -> chance.at(i).below(6) == wanted).count();
      assertThat(hits).as("face %d of 6", face).isBetween(9_600L, 10_400L);
    }
  }
}
