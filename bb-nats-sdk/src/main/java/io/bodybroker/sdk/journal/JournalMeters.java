package io.bodybroker.sdk.journal;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import java.util.function.Supplier;

/** How long the server took for what a journal asked of it. */
final class JournalMeters {
  private static final Metric DURATION =
      Metric.histogram(
          "journal_operation_duration_seconds",
          "How long a journal's server took, by how that ended",
          "journal",
          "operation",
          "code");

  /** What a server is asked for. */
  enum Operation {
    READ("read"),
    APPEND("append");

    private final String label;

    Operation(String label) {
      this.label = label;
    }
  }

  private final Metrics metrics;

  JournalMeters(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Does it and records how long it took. */
  <T> T measure(String journal, Operation operation, Supplier<T> action) {
    long began = System.nanoTime();
    String code = "UNKNOWN";
    try {
      T result = action.get();
      code = "OK";
      return result;
    } catch (ServiceException e) {
      code = e.code().name();
      throw e;
    } finally {
      metrics.histogram(DURATION, journal, operation.label, code).record(System.nanoTime() - began);
    }
  }
}
