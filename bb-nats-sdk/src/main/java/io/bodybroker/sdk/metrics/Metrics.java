package io.bodybroker.sdk.metrics;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/**
 * The metrics of one program, as {@code /metrics} shows them. A service gets those of its host from
 * its context and adds its own:
 *
 * {@snippet file="io/bodybroker/sdk/metrics/MetricsTest.java" region="example"}
 *
 * <p>Asking for a series makes it, with the value 0; keep what you get, and recording costs no
 * look-up. A metric has at most {@value Family#MOST_SERIES} series; whatever would come after them
 * is counted together, with the label value {@value Family#OTHER}.
 *
 * <p>Thread-safe.
 */
public final class Metrics {
  private final Map<String, Family> families = new ConcurrentSkipListMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> later = new ArrayDeque<>();

  /** Without any metric. */
  public Metrics() {}

  /**
   * A series of a counter.
   *
   * @param labelValues one for each label
   * @throws IllegalArgumentException if it is no counter, the values are too few or too many, or
   *     another metric has this name
   */
  public Counter counter(Metric metric, String... labelValues) {
    require(metric, Metric.Kind.COUNTER);
    return family(metric).get(List.of(labelValues), Counter.class, Counter::new);
  }

  /**
   * A series of a histogram of durations.
   *
   * @param labelValues one for each label
   * @throws IllegalArgumentException as {@link #counter}
   */
  public Histogram histogram(Metric metric, String... labelValues) {
    require(metric, Metric.Kind.HISTOGRAM);
    return family(metric).get(List.of(labelValues), Histogram.class, Histogram::new);
  }

  /**
   * A series whose value is asked for when somebody looks: a gauge, or a counter that is counted
   * elsewhere. Sources of the same series add up. They are kept as long as this object, so a source
   * should be as lasting.
   *
   * @param source answers at once, from any thread; what throws is left out and logged
   * @param labelValues one for each label
   * @throws IllegalArgumentException as {@link #counter}, or if the series is counted here
   */
  public void observe(Metric metric, DoubleSupplier source, String... labelValues) {
    if (metric.kind() == Metric.Kind.HISTOGRAM) {
      throw new IllegalArgumentException(metric.name() + " is a histogram, which is recorded");
    }
    family(metric).get(List.of(labelValues), Observed.class, Observed::new).add(source);
  }

  /**
   * Does something, which is to {@link #observe}, when somebody looks for the next time: a start
   * does not pay for what may never be looked at.
   */
  public void whenRead(Runnable registration) {
    lock.lock();
    try {
      later.add(registration);
    } finally {
      lock.unlock();
    }
  }

  private void register() {
    lock.lock();
    try {
      for (Runnable next = later.poll(); next != null; next = later.poll()) {
        next.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** All of them now, in Prometheus' text format, version 0.0.4; in the order of their names. */
  public String text() {
    register();
    var text = new StringBuilder(16 * 1024);
    families.values().forEach(family -> TextFormat.append(text, family));
    return text.toString();
  }

  private static void require(Metric metric, Metric.Kind kind) {
    if (metric.kind() != kind) {
      throw new IllegalArgumentException(
          "%s is a %s (expected: a %s)"
              .formatted(metric.name(), metric.kind().text(), kind.text()));
    }
  }

  private Family family(Metric metric) {
    Family family = families.get(metric.name());
    if (family == null) {
      family = families.computeIfAbsent(metric.name(), absent -> new Family(metric));
    }
    // It mostly is the very same: then a start does not pay for the equals of a record, which the
    // JVM
    // makes when it is called for the first time.
    if (!Objects.equals(family.metric(), metric)) {
      throw new IllegalArgumentException(
          "%s and %s (expected: one metric of a name)".formatted(family.metric(), metric));
    }
    return family;
  }
}
