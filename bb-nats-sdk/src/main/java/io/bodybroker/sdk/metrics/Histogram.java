package io.bodybroker.sdk.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something took how long, in buckets, so that percentiles over many instances can be
 * computed. Thread-safe; recording makes no garbage.
 *
 * <p>The boundaries are those that OpenTelemetry advises for calls, continued down to 0.5 ms, for a
 * call over NATS on one machine is often faster than their first, and up to 30 s.
 */
public final class Histogram implements Series {
  /** The upper boundaries, in seconds; one more bucket takes what is above the last. */
  public static final List<Double> BOUNDARIES =
      List.of(
          0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5,
          5.0, 7.5, 10.0, 30.0);

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long[] UPPER_NANOS =
      BOUNDARIES.stream().mapToLong(seconds -> Math.round(seconds * NANOS_PER_SECOND)).toArray();

  private final LongAdder[] buckets = new LongAdder[UPPER_NANOS.length + 1];
  private final LongAdder sumNanos = new LongAdder();

  Histogram() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /** Records one duration; a negative one, which a clock may give, counts as 0. */
  public void record(long nanos) {
    int bucket = 0;
    while (bucket < UPPER_NANOS.length && nanos > UPPER_NANOS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    sumNanos.add(Math.max(0, nanos));
  }

  /** How many were recorded, by bucket; the last is what is above all boundaries. */
  long[] counts() {
    long[] counts = new long[buckets.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = buckets[i].sum();
    }
    return counts;
  }

  double sumSeconds() {
    return sumNanos.sum() / NANOS_PER_SECOND;
  }
}
