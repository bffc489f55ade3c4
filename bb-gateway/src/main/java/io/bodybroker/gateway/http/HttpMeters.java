package io.bodybroker.gateway.http;

import io.bodybroker.sdk.metrics.Counter;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import java.util.function.IntSupplier;

/** What {@code /metrics} tells of the gateway's limits, and how near they are. Thread-safe. */
final class HttpMeters {
  private static final Metric ACTIVE =
      Metric.gauge("http_server_active_requests", "Requests at work, streams among them");
  private static final Metric STREAMS = Metric.gauge("gateway_streams_open", "Streams being sent");
  private static final Metric REFUSALS =
      Metric.counter("gateway_refusals_total", "Requests refused by a limit", "limit");

  /** What refuses requests, however good they are. */
  enum Limit {
    CLIENT_RATE("client-rate"),
    STREAMS("streams"),
    CONCURRENCY("concurrency");

    private final String label;

    Limit(String label) {
      this.label = label;
    }
  }

  private final Metrics metrics;

  HttpMeters(Metrics metrics) {
    this.metrics = metrics;
    for (Limit limit : Limit.values()) {
      refusals(limit); // there with 0 before the first
    }
  }

  /** From now on tells how many requests are at work, and how many streams. */
  void observe(IntSupplier active, IntSupplier streams) {
    metrics.observe(ACTIVE, active::getAsInt);
    metrics.observe(STREAMS, streams::getAsInt);
  }

  /** A limit refused a request. */
  void refused(Limit limit) {
    refusals(limit).increment();
  }

  private Counter refusals(Limit limit) {
    return metrics.counter(REFUSALS, limit.label);
  }
}
