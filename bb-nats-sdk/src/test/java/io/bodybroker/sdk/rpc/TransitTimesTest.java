package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How late a request is, by two clocks that need not agree. */
class TransitTimesTest {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final TransitTimes transits = new TransitTimes(2);

  private Duration measure(String clock, long sentMillis, long arrivedMillis) {
    return transits.measure(
        new SentAt(clock, sentMillis * 1_000), Duration.ofMillis(arrivedMillis).toNanos());
  }

  @Test
  void countsFromTheShortestWaySeen() {
    assertThat(measure("a", 1_000, 9_030)).as("the first").isZero();
    assertThat(measure("a", 1_001, 9_011)).as("a shorter one").isZero();
    assertThat(measure("a", 1_002, 9_011)).as("shorter still").isZero();
    assertThat(measure("a", 1_003, 9_042)).isCloseTo(Duration.ofMillis(30), MILLISECOND);
  }

  @Test
  void knowsNothingOfTheOffsetBetweenTheClocks() {
    assertThat(measure("behind", 0, 1_000_000)).isZero();
    assertThat(measure("behind", 10, 1_000_015)).isCloseTo(Duration.ofMillis(5), MILLISECOND);
    assertThat(measure("ahead", 1_000_000, 0)).isZero();
    assertThat(measure("ahead", 1_000_010, 15)).isCloseTo(Duration.ofMillis(5), MILLISECOND);
  }

  @Test
  void takesNoDriftForLateness() {
    measure("slow", 0, 0);
    long day = Duration.ofDays(1).toMillis();
    long hourLater = day + Duration.ofHours(1).toMillis();

    assertThat(measure("slow", day - day / 20_000, day)).as("50 ppm slow").isZero();
    assertThat(measure("slow", hourLater - hourLater / 20_000, hourLater + 2_000))
        .as("2 s late, less what the clocks may have drifted since")
        .isBetween(Duration.ofMillis(1_600), Duration.ofSeconds(2));
  }

  @Test
  void forgetsClocksThatAreNoLongerHeardOf() {
    measure("kept", 0, 0);
    for (int i = 0; i < 100; i++) {
      measure("other-" + i, 0, 0);
      assertThat(measure("kept", 0, 7)).isCloseTo(Duration.ofMillis(7), MILLISECOND);
    }

    assertThat(measure("other-0", 0, 7)).as("forgotten").isZero();
    assertThat(measure("other-99", 0, 7)).isCloseTo(Duration.ofMillis(7), MILLISECOND);
  }
}
