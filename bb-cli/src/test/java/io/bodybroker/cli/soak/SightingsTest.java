package io.bodybroker.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.soak.Sightings.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final List<Sighting> WRITTEN = written(1, 2, 3);

  private final Sightings sightings = new Sightings("the stream", new Timeline());

  private static List<Sighting> written(long... numbers) {
    return LongStream.of(numbers).mapToObj(number -> new Sighting(number, Duration.ZERO)).toList();
  }

  private List<String> breaches(Duration bound) {
    return sightings.promise(WRITTEN, bound).breaches();
  }

  @Test
  void mayLeaveOutWhatWasOvertaken() {
    sightings.saw(1);
    sightings.saw(3);

    assertThat(breaches(BOUND)).isEmpty();
  }

  @Test
  void mustNotGoBackNorTellTheSameTwice() {
    sightings.saw(2);
    sightings.saw(1);
    sightings.saw(3);
    sightings.saw(3);

    assertThat(breaches(BOUND))
        .containsExactly("the stream told 1 after 2", "the stream told 3 after 3");
  }

  @Test
  void mustTellTheLast() {
    sightings.saw(2);

    assertThat(breaches(BOUND)).containsExactly("the stream never told 3, written at 0.0 s");
  }

  @Test
  void mustNotBeLate() {
    sightings.saw(3);

    assertThat(breaches(Duration.ofNanos(1))).hasSize(3).allMatch(text -> text.contains("late by"));
  }

  @Test
  void mustNotFail() {
    sightings.saw(3);
    sightings.failed("UNAVAILABLE");

    assertThat(breaches(BOUND)).singleElement().asString().endsWith("UNAVAILABLE");
  }

  @Test
  void numbersAreKnownByTheirRemainders() {
    var numbers = new Rolling(1000);

    assertThat(LongStream.of(1, 400, 800, 999, 0, 1, 0, 500, 501, 502).map(numbers::number))
        .containsExactly(1L, 400L, 800L, 999L, 1000L, 1001L, 1000L, 500L, 501L, 502L);
  }
}
