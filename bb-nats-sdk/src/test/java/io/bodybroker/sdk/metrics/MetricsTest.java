package io.bodybroker.sdk.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Metric ORDERS =
      Metric.counter("orders_placed_total", "Orders placed", "kind");
  private static final Metric OPEN = Metric.gauge("orders_open", "Orders not yet filled");
  private static final Metric TIMES =
      Metric.histogram("order_duration_seconds", "How long an order took");

  private final Metrics metrics = new Metrics();

  @Test
  void showsCountersGaugesAndHistogramsAsPrometheusText() {
    // @start region="example"
    var placed = metrics.counter(ORDERS, "express"); // kept: recording looks nothing up
    metrics.observe(OPEN, () -> 3);

    placed.increment();
    metrics.histogram(TIMES).record(TimeUnit.MILLISECONDS.toNanos(3));
    // @end

    assertThat(metrics.text())
        .isEqualTo(
            """
            # HELP order_duration_seconds How long an order took
            # TYPE order_duration_seconds histogram
            order_duration_seconds_bucket{le="0.0005"} 0
            order_duration_seconds_bucket{le="0.001"} 0
            order_duration_seconds_bucket{le="0.0025"} 0
            order_duration_seconds_bucket{le="0.005"} 1
            order_duration_seconds_bucket{le="0.01"} 1
            order_duration_seconds_bucket{le="0.025"} 1
            order_duration_seconds_bucket{le="0.05"} 1
            order_duration_seconds_bucket{le="0.075"} 1
            order_duration_seconds_bucket{le="0.1"} 1
            order_duration_seconds_bucket{le="0.25"} 1
            order_duration_seconds_bucket{le="0.5"} 1
            order_duration_seconds_bucket{le="0.75"} 1
            order_duration_seconds_bucket{le="1.0"} 1
            order_duration_seconds_bucket{le="2.5"} 1
            order_duration_seconds_bucket{le="5.0"} 1
            order_duration_seconds_bucket{le="7.5"} 1
            order_duration_seconds_bucket{le="10.0"} 1
            order_duration_seconds_bucket{le="30.0"} 1
            order_duration_seconds_bucket{le="+Inf"} 1
            order_duration_seconds_sum 0.003
            order_duration_seconds_count 1
            # HELP orders_open Orders not yet filled
            # TYPE orders_open gauge
            orders_open 3
            # HELP orders_placed_total Orders placed
            # TYPE orders_placed_total counter
            orders_placed_total{kind="express"} 1
            """);
  }

  @Test
  void putsADurationIntoTheBucketWhoseBoundaryItDoesNotExceed() {
    var times = metrics.histogram(TIMES);

    times.record(TimeUnit.MICROSECONDS.toNanos(500));
    times.record(TimeUnit.MICROSECONDS.toNanos(500) + 1);
    times.record(TimeUnit.SECONDS.toNanos(31));
    times.record(-5);

    assertThat(times.counts()).startsWith(2, 1, 0).endsWith(0, 1);
    assertThat(times.sumSeconds()).isCloseTo(31.001, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void losesNothingThatManyThreadsRecordAtOnce() {
    var times = metrics.histogram(TIMES);

    IntStream.range(0, 40_000)
        .parallel()
        .forEach(i -> times.record(TimeUnit.MICROSECONDS.toNanos(i % 2 == 0 ? 100 : 700)));

    assertThat(times.counts()).startsWith(20_000, 20_000, 0);
    assertThat(times.sumSeconds()).isEqualTo(16.0); // 400 us in the middle
  }

  @Test
  void addsUpTheSourcesOfASeriesInsteadOfLettingOneOverwriteAnother() {
    metrics.observe(OPEN, () -> 3);
    metrics.observe(OPEN, () -> 4);

    assertThat(metrics.text()).contains("orders_open 7\n");
  }

  @Test
  void showsTheRestWhenASourceThrows() {
    metrics.observe(
        OPEN,
        () -> {
          throw new IllegalStateException("no");
        });
    metrics.counter(ORDERS, "express");

    assertThat(metrics.text()).contains("orders_placed_total{kind=\"express\"} 0\n");
  }

  @Test
  void escapesWhatWouldBreakALine() {
    metrics.counter(ORDERS, "a\"b\\c\nd").increment();

    assertThat(metrics.text()).contains("orders_placed_total{kind=\"a\\\"b\\\\c\\nd\"} 1\n");
  }

  @Test
  void countsWhatGoesBeyondTheMostSeriesTogether() {
    int given = 3 * Family.MOST_SERIES;
    for (int i = 0; i < given; i++) {
      metrics.counter(ORDERS, "hostile-" + i).increment();
    }

    assertThat(metrics.text().lines().filter(line -> line.startsWith("orders_placed_total")))
        .hasSize(Family.MOST_SERIES + 1)
        .contains("orders_placed_total{kind=\"_OTHER\"} " + (given - Family.MOST_SERIES));
  }

  @Test
  void refusesWhatWouldNotFitTogether() {
    metrics.counter(ORDERS, "express");

    assertThatThrownBy(() -> metrics.counter(ORDERS))
        .hasMessageContaining("orders_placed_total: [] (expected: a value for each of [kind])");
    assertThatThrownBy(() -> metrics.histogram(ORDERS, "express"))
        .hasMessageContaining("is a counter (expected: a histogram)");
    assertThatThrownBy(() -> metrics.counter(Metric.counter("orders_placed_total", "Other")))
        .hasMessageContaining("expected: one metric of a name");
    assertThatThrownBy(() -> Metric.counter("orders", "Without its ending"))
        .hasMessageContaining("\"orders\" (expected: …_total for a counter)");
    assertThatThrownBy(() -> Metric.gauge("Orders open", "Not a name"))
        .hasMessageContaining("lower case letters, digits and '_'");
  }
}
