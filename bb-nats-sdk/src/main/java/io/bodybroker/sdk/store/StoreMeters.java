package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the stores of one kind tell: how long their servers take, and how their watches fare. */
final class StoreMeters {
  private static final Metric DURATION =
      Metric.histogram(
          "store_operation_duration_seconds",
          "How long a store's server took, by how that ended",
          "kind",
          "store",
          "operation",
          "code");
  private static final Metric WATCHES =
      Metric.gauge("store_watches_open", "Watches that are being followed", "kind", "store");
  private static final Metric INTERRUPTIONS =
      Metric.counter(
          "store_watch_interruptions_total",
          "How often a watch broke off and began again",
          "kind",
          "store");

  private static final Metric NEAR_READS =
      Metric.counter(
          "store_near_reads_total",
          "Reads that may be answered from memory, by where they were answered",
          "kind",
          "store",
          "source");

  /** Counts reads that may be answered from memory. */
  interface Reads {
    /** One was. */
    void fromMemory();

    /** One was not. */
    void fromServer();
  }

  /** What a server is asked for. */
  enum Operation {
    READ("read"),
    WRITE("write"),
    LIST("list");

    private final String label;

    Operation(String label) {
      this.label = label;
    }
  }

  private final Metrics metrics;
  private final String kind;
  private final Map<String, AtomicInteger> watches = new ConcurrentHashMap<>();

  /**
   * @param kind {@code durable} or {@code fast}
   */
  StoreMeters(Metrics metrics, String kind) {
    this.metrics = metrics;
    this.kind = kind;
  }

  /** Does it and records how long it took. A refusal of what was expected is a good answer. */
  <T> T measure(String store, Operation operation, Supplier<T> action) {
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
      metrics
          .histogram(DURATION, kind, store, operation.label, code)
          .record(System.nanoTime() - began);
    }
  }

  /** Counters that are there from the first read on. */
  Reads reads(String store) {
    return new Reads() {
      @Override
      public void fromMemory() {
        metrics.counter(NEAR_READS, kind, store, "memory").increment();
      }

      @Override
      public void fromServer() {
        metrics.counter(NEAR_READS, kind, store, "server").increment();
      }
    };
  }

  void watchOpened(String store) {
    openWatches(store).incrementAndGet();
    metrics.counter(INTERRUPTIONS, kind, store);
  }

  void watchClosed(String store) {
    openWatches(store).decrementAndGet();
  }

  private AtomicInteger openWatches(String store) {
    return watches.computeIfAbsent(
        store,
        absent -> {
          var open = new AtomicInteger();
          metrics.observe(WATCHES, open::get, kind, store);
          return open;
        });
  }

  void watchInterrupted(String store) {
    metrics.counter(INTERRUPTIONS, kind, store).increment();
  }
}
