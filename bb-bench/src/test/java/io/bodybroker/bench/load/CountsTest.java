package io.bodybroker.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void tellsThePercentilesOfWhatWasCounted() {
    var histogram = Counts.decode("1000:98,50000:1,2000000:1");
    assertThat(histogram.getTotalCount()).isEqualTo(100);
    assertThat(histogram.getValueAtPercentile(50)).isEqualTo(1000);
    assertThat(histogram.getValueAtPercentile(99)).isBetween(50_000L, 50_100L);
    assertThat(histogram.getMaxValue()).isBetween(2_000_000L, 2_002_000L);
  }

  @Test
  void hasNothingWhereNoCallWasAnswered() {
    assertThat(Counts.decode("").getTotalCount()).isZero();
  }

  @Test
  void refusesWhatIsNoCount() {
    assertThatThrownBy(() -> Counts.decode("1000:3,17"))
        .hasMessage("\"17\" (expected: nanoseconds:calls)");
  }

  @Test
  void samplesAreReadWithEitherFormOfLatencies() {
    var latency = new Histogram(3);
    latency.recordValueWithCount(1_000, 3);
    var histogram = new Sample(3, 1, 5, latency, 7, 9);
    assertThat(Sample.decode(Words.of(histogram.encode())))
        .isEqualTo(histogram)
        .isEqualTo(
            Sample.decode(Words.of("calls=3 errors=1 nanos=5 cpu=7 allocated=9 counts=1000:3")));
  }

  @Test
  void whoHasNoHeapHasNoFigureOfIt() {
    var none = new Histogram(3);
    var heap = new Sample(1, 0, 1, none, 1, 8);
    var noHeap = new Sample(1, 0, 1, none, 1, 0);
    var rounds = new Rounds(Map.of("raw", List.of(heap), "nats.c", List.of(noHeap)));
    assertThat(Rounds.withHeap(Map.of(16, rounds)))
        .containsExactly(Map.entry(16, new Rounds(Map.of("raw", List.of(heap)))));
  }
}
