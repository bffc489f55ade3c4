package io.bodybroker.weathermanager.climate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpellLengthTest {
  private static final int SPELLS = 20_000;

  /** What the one draw replaces: a test each game minute. */
  private static int minutesByTests(Random random, double volatility) {
    int minutes = 0;
    while (true) {
      minutes++;
      double ripeness = Math.max(0.1, Math.min(1, minutes / 120.0));
      if (random.nextDouble() < 0.05 * ripeness * volatility) {
        return Math.max(SpellLength.MIN_MINUTES, minutes);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.7, 1, 1.8})
  void isAsLongAsTestingEachMinuteWouldMakeIt(double volatility) {
    var chance = Chance.of("world", "zone", 3);
    var random = new Random(5);
    double drawn =
        IntStream.range(0, SPELLS)
            .map(i -> SpellLength.minutes(chance.at(i), volatility))
            .average()
            .orElseThrow();
    double tested =
        IntStream.range(0, SPELLS)
            .map(i -> minutesByTests(random, volatility))
            .average()
            .orElseThrow();
    assertThat(drawn).isCloseTo(tested, within(0.03 * tested));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1.8})
  void staysWithinItsBounds(double volatility) {
    var chance = Chance.of("world", "zone", 4);
    assertThat(IntStream.range(0, SPELLS).map(i -> SpellLength.minutes(chance.at(i), volatility)))
        .allMatch(minutes -> minutes >= 10 && minutes <= 24 * 60);
  }
}
