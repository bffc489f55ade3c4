package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.metrics.Metric;

/** The metrics of calls and events. */
final class RpcMetrics {
  static final Metric SERVED =
      Metric.histogram(
          "rpc_server_call_duration_seconds",
          "How long requests took, from their arrival to their answer",
          "service",
          "version",
          "method",
          "code");
  static final Metric IN_FLIGHT =
      Metric.gauge(
          "rpc_server_calls_in_flight",
          "Requests at work, open streams among them",
          "service",
          "version",
          "method");
  static final Metric LIMIT =
      Metric.gauge(
          "rpc_server_calls_limit",
          "Most requests at work at once; further ones are refused",
          "service",
          "version",
          "method");
  static final Metric SERVER_REFUSALS =
      Metric.counter(
          "rpc_server_refusals_total",
          "Requests that reached no handler: overload, or expired before work began",
          "service",
          "version",
          "method",
          "reason");
  static final Metric STREAM_MESSAGES =
      Metric.counter(
          "rpc_server_stream_messages_total",
          "Messages sent on streams",
          "service",
          "version",
          "method");
  static final Metric STREAM_STALLS =
      Metric.counter(
          "rpc_server_stream_stalls_total",
          "How often a stream waited for its reader's credit",
          "service",
          "version",
          "method");
  static final Metric STREAM_STALL_SECONDS =
      Metric.counter(
          "rpc_server_stream_stall_seconds_total",
          "How long streams waited for their readers' credit",
          "service",
          "version",
          "method");
  static final Metric STREAM_ENDS =
      Metric.counter(
          "rpc_server_stream_ends_total",
          "Streams that ended, and why",
          "service",
          "version",
          "method",
          "reason");
  static final Metric CALLED =
      Metric.histogram(
          "rpc_client_call_duration_seconds",
          "How long calls took, all attempts included",
          "service",
          "version",
          "method",
          "code");
  static final Metric CLIENT_STREAMS =
      Metric.gauge(
          "rpc_client_streams_open",
          "Streams that are being opened or read",
          "service",
          "version",
          "method");
  static final Metric ATTEMPTS =
      Metric.counter("rpc_client_attempts_total", "Requests sent, retries among them", "service");
  static final Metric RETRIES =
      Metric.counter(
          "rpc_client_retries_total",
          "Attempts after the first, by the code of the one before",
          "service",
          "reason");
  static final Metric CLIENT_REFUSALS =
      Metric.counter(
          "rpc_client_refusals_total",
          "Attempts not made: breaker open, bulkhead full, retry budget spent",
          "service",
          "reason");
  static final Metric BREAKER =
      Metric.gauge(
          "rpc_client_breaker_state",
          "Circuit breaker of a service: 0 closed, 1 open, 2 half-open",
          "service");
  static final Metric SENT =
      Metric.counter(
          "messaging_client_sent_messages_total",
          "Events given to a connection, or not for the reason of the code",
          "destination",
          "code");

  private RpcMetrics() {}
}
