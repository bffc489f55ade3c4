package io.bodybroker.sdk.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

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

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int SUM = 0;
  private static final int FIRST_BUCKET = 1;

  /**
   * The sum of all in nanoseconds, then the buckets. Side by side, since there is a histogram for
   * each method: in a process with many of them it is not in the processor's caches when it is
   * needed, and adders of their own, which are quicker where many threads record the same, would be
   * several times as much to fetch.
   */
  private final long[] values = new long[FIRST_BUCKET + UPPER_NANOS.length + 1];

  Histogram() {}

  /** Records one duration; a negative one, which a clock may give, counts as 0. */
  public void record(long nanos) {
    int bucket = 0;
    while (bucket < UPPER_NANOS.length && nanos > UPPER_NANOS[bucket]) {
      bucket++;
    }
    add(SUM, Math.max(0, nanos));
    add(FIRST_BUCKET + bucket, 1);
  }

  private void add(int element, long amount) {
    var unused = (long) ELEMENT.getAndAdd(values, element, amount);
  }

  /** How many were recorded, by bucket; the last is what is above all boundaries. */
  long[] counts() {
    long[] counts = new long[values.length - FIRST_BUCKET];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = get(FIRST_BUCKET + i);
    }
    return counts;
  }

  private long get(int element) {
    return (long) ELEMENT.getVolatile(values, element);
  }

  double sumSeconds() {
    return get(SUM) / NANOS_PER_SECOND;
  }
}
