package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.metrics.Metric;

/** The metrics of dead letters. */
final class DeadLetterMetrics {
  static final Metric KEPT =
      Metric.counter(
          "dead_letters_total",
          "Dead letters put into the queue: what was given up, by its consumer or endpoint",
          "service",
          "work",
          "code");
  static final Metric DROPPED =
      Metric.counter(
          "dead_letters_dropped_total",
          "Failed requests of which no dead letter was kept, and why not",
          "service",
          "reason");
  static final Metric LETTERS =
      Metric.gauge("dead_letter_queue_letters", "Dead letters in the queue");
  static final Metric BYTES =
      Metric.gauge("dead_letter_queue_bytes", "Bytes of the dead letters in the queue");
  static final Metric OLDEST =
      Metric.gauge(
          "dead_letter_queue_oldest_age_seconds", "Age of the oldest dead letter; 0 without any");

  private DeadLetterMetrics() {}
}
