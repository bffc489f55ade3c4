package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.connection.ConnectionFigures.Traffic;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import java.util.Locale;

/** The state of each connection as metrics, read when somebody looks. */
final class ConnectionMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private static final Metric UP =
      Metric.gauge("nats_connection_up", "1 if the connection is up, else 0", "role");
  private static final Metric RECONNECTS =
      Metric.counter("nats_connection_reconnects_total", "How often it came back", "role");
  private static final Metric FAILURES =
      Metric.counter(
          "nats_connection_failures_total", "Attempts of ours to connect that failed", "role");
  private static final Metric DOWN =
      Metric.counter(
          "nats_connection_down_seconds_total",
          "Dead time: how long it was not up, the start included",
          "role");
  private static final Metric MESSAGES =
      Metric.counter("nats_connection_messages_total", "Messages", "role", "direction");
  private static final Metric BYTES =
      Metric.counter("nats_connection_bytes_total", "Bytes", "role", "direction");
  private static final Metric DROPPED =
      Metric.counter(
          "nats_connection_dropped_messages_total",
          "Messages that were lost here because they came faster than they were taken",
          "role");

  private ConnectionMeters() {}

  static void register(Metrics metrics, SupervisedConnection connection) {
    String role = connection.role().name().toLowerCase(Locale.ROOT);
    ConnectionFigures figures = connection.figures();
    metrics.observe(UP, () -> connection.state() == ConnectionState.UP ? 1 : 0, role);
    metrics.observe(RECONNECTS, figures::reconnects, role);
    metrics.observe(FAILURES, figures::failures, role);
    metrics.observe(DOWN, () -> figures.downNanos() / NANOS_PER_SECOND, role);
    metrics.observe(MESSAGES, () -> figures.total(Traffic.MESSAGES_IN), role, "in");
    metrics.observe(MESSAGES, () -> figures.total(Traffic.MESSAGES_OUT), role, "out");
    metrics.observe(BYTES, () -> figures.total(Traffic.BYTES_IN), role, "in");
    metrics.observe(BYTES, () -> figures.total(Traffic.BYTES_OUT), role, "out");
    metrics.observe(DROPPED, () -> figures.total(Traffic.DROPPED), role);
  }
}
