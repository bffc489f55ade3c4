package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.metrics.Metric;

/** The metrics of durable consumers. */
final class ConsumerMetrics {
  static final Metric PROCESSED =
      Metric.histogram(
          "messaging_process_duration_seconds",
          "How long attempts at events took, and how they ended",
          "stream",
          "consumer",
          "code");
  static final Metric REDELIVERIES =
      Metric.counter(
          "messaging_redeliveries_total",
          "Attempts at events after the first",
          "stream",
          "consumer");
  static final Metric IN_FLIGHT =
      Metric.gauge("messaging_process_in_flight", "Events at work", "stream", "consumer");
  static final Metric UP =
      Metric.gauge(
          "messaging_consumer_up",
          "Whether events can arrive at this instance",
          "stream",
          "consumer");
  static final Metric PENDING =
      Metric.gauge(
          "messaging_consumer_pending_messages",
          "Events that were not delivered yet, to any instance",
          "stream",
          "consumer");
  static final Metric ACK_PENDING =
      Metric.gauge(
          "messaging_consumer_ack_pending_messages",
          "Events that were delivered, to any instance, and are not done",
          "stream",
          "consumer");

  private ConsumerMetrics() {}
}
