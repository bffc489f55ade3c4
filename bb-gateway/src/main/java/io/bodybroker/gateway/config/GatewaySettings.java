package io.bodybroker.gateway.config;

import io.bodybroker.sdk.config.Setting;
import io.bodybroker.sdk.config.SettingTable;
import java.time.Duration;
import java.util.Optional;

/** The settings of the gateway. This table drives parsing, refusals and the reference page. */
final class GatewaySettings {
  static final Setting<String> HOST =
      Setting.host("gateway.host", "0.0.0.0", "Address to listen on.");
  static final Setting<Integer> PORT =
      Setting.number("gateway.port", "8000", 0, 65_535, "Port to listen on; 0 takes a free one.");
  static final Setting<Integer> MAX_BODY =
      Setting.number(
          "gateway.max-body",
          "1048576",
          1,
          4 * 1024 * 1024,
          "Longest body of a request in bytes; a longer one is answered 413. NATS itself carries no more than 1 MiB unless told to.");
  static final Setting<Optional<Duration>> CALL_TIMEOUT =
      Setting.duration(
              "gateway.call-timeout",
              "2s",
              "1ms",
              "5m",
              "How long a request may wait for its service; nothing means call.timeout.")
          .optional();
  static final Setting<Integer> MAX_CONCURRENCY =
      Setting.number(
          "gateway.max-concurrency",
          "2048",
          1,
          1_000_000,
          "Requests at work at once; more are answered 503 at once.");
  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.number(
          "gateway.max-connections",
          "8192",
          1,
          1_000_000,
          "Connections open at once; more wait to be accepted.");
  static final Setting<Duration> IDLE_TIMEOUT =
      Setting.duration(
          "gateway.idle-timeout",
          "75s",
          "1s",
          "1h",
          "How long a connection may say nothing. Longer than load balancers keep theirs (60 s), so that they close first.");
  static final Setting<Duration> DRAIN_TIMEOUT =
      Setting.duration(
          "gateway.drain-timeout",
          "20s",
          "0s",
          "10m",
          "How long requests at work may take when the gateway stops; Fargate kills after 30 s.");
  static final SettingTable TABLE =
      SettingTable.of(
          HOST,
          PORT,
          MAX_BODY,
          CALL_TIMEOUT,
          MAX_CONCURRENCY,
          MAX_CONNECTIONS,
          IDLE_TIMEOUT,
          DRAIN_TIMEOUT);

  private GatewaySettings() {}
}
