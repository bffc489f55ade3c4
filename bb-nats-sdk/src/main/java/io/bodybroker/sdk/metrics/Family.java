package io.bodybroker.sdk.metrics;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All series of one metric. There is a most of them: a label whose values turn out not to be a
 * closed set must not fill the memory of the process, nor that of whoever stores its metrics.
 */
final class Family {
  static final int MOST_SERIES = 1_000;

  /** The values of all labels of the one series beyond the most. */
  static final String OTHER = "_OTHER";

  private static final Logger LOG = System.getLogger(Metrics.class.getName());

  private final Metric metric;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<List<String>, Series> series = new ConcurrentHashMap<>();

  Family(Metric metric) {
    this.metric = metric;
  }

  Metric metric() {
    return metric;
  }

  /** By label values; a view. */
  Map<List<String>, Series> series() {
    return Collections.unmodifiableMap(series);
  }

  <S extends Series> S get(List<String> labelValues, Class<S> type, Supplier<S> create) {
    if (labelValues.size() != metric.labels().size()) {
      throw new IllegalArgumentException(
          "labels of %s: %s (expected: a value for each of %s)"
              .formatted(metric.name(), labelValues, metric.labels()));
    }
    Series found = series.get(labelValues);
    return type.cast(found == null ? add(labelValues, create) : found);
  }

  private Series add(List<String> labelValues, Supplier<? extends Series> create) {
    lock.lock();
    try {
      boolean isRoom = series.size() < MOST_SERIES || series.containsKey(labelValues);
      List<String> key = isRoom ? labelValues : Collections.nCopies(labelValues.size(), OTHER);
      return series.computeIfAbsent(
          key,
          absent -> {
            if (!isRoom) {
              LOG.log(
                  Level.WARNING,
                  "{0} has {1} series, further ones count as {2}; its first unexpected labels: {3}",
                  metric.name(),
                  String.valueOf(MOST_SERIES),
                  OTHER,
                  labelValues);
            }
            return create.get();
          });
    } finally {
      lock.unlock();
    }
  }
}
