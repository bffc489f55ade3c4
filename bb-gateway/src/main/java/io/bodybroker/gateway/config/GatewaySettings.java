package io.bodybroker.gateway.config;

import io.bodybroker.sdk.config.Setting;
import io.bodybroker.sdk.config.SettingTable;
import java.time.Duration;
import java.util.List;
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
          "Requests at work for services at once; more are answered 503 at once. The gateway's own pages, such as its health, are not counted.");
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
  static final Setting<Integer> MAX_REPLY =
      Setting.number(
          "gateway.max-reply",
          "8388608",
          1024,
          64 * 1024 * 1024,
          "Longest answer, or message of a stream, as JSON in bytes; instead of a longer one a client gets a 502.");
  static final Setting<Duration> MAX_CALL_TIMEOUT =
      Setting.duration(
          "gateway.max-call-timeout",
          "30s",
          "1ms",
          "5m",
          "Longest timeout a client gets with X-Timeout-Ms; more is lowered to it.");
  static final Setting<Integer> MAX_STREAMS =
      Setting.number(
          "gateway.max-streams",
          "1000",
          1,
          1_000_000,
          "Streams open at once; more are answered 429 at once.");
  static final Setting<Duration> STREAM_KEEP_ALIVE =
      Setting.duration(
          "gateway.stream-keep-alive",
          "10s",
          "100ms",
          "1h",
          "After how long without a message a stream is written to; within the time that proxies in front keep silent connections.");
  static final Setting<Duration> RECEIVE_TIMEOUT =
      Setting.duration(
          "gateway.receive-timeout",
          "30s",
          "100ms",
          "1h",
          "How long a client may take to send the headers of a request, and its body, before its connection is closed.");
  static final Setting<Duration> STALL_TIMEOUT =
      Setting.duration(
          "gateway.stall-timeout",
          "30s",
          "100ms",
          "1h",
          "How long a client may take nothing of what is written to it before its connection is closed.");
  static final Setting<Integer> CLIENT_RATE =
      Setting.number(
          "gateway.client-rate",
          "0",
          0,
          1_000_000,
          "Requests a second from one client address, a second's worth at once; more are answered 429. 0 means no limit. Set gateway.proxies with it, else all clients behind a proxy count as one.");
  static final Setting<Integer> PROXIES =
      Setting.number(
          "gateway.proxies",
          "0",
          0,
          10,
          "How many proxies of ours are in front, each adding to X-Forwarded-For; 0 means that header is not believed.");
  static final Setting<List<String>> PASS_HEADERS =
      Setting.of(
          "gateway.pass-headers",
          "accept-language",
          "header names, separated by commas, none of bb-…, nats-…, authorization or cookie",
          HeaderList::names,
          "Headers of requests that services get to see; they must not say who somebody is, for nothing checks them.");
  static final Setting<List<String>> CORS_ORIGINS =
      Setting.of(
          "gateway.cors-origins",
          "",
          "origins such as https://game.example, separated by commas, or *",
          HeaderList::origins,
          "Sites whose pages may ask in a browser; empty means none but the gateway's own.");
  static final Setting<Boolean> ACCESS_LOG =
      Setting.flag("gateway.access-log", "true", "Whether each request gets a line in the log.");
  static final Setting<Boolean> PAGE =
      Setting.flag(
          "gateway.page",
          "true",
          "Whether there is a page at / to browse and try the routes. It shows no more than /openapi.json, which is always there.");
  static final Setting<Duration> DRAIN_DELAY =
      Setting.duration(
          "gateway.drain-delay",
          "5s",
          "0s",
          "1m",
          "How long the gateway still takes requests when it stops, no longer ready, so that load balancers notice first.");
  static final SettingTable TABLE =
      SettingTable.of(
          HOST,
          PORT,
          MAX_BODY,
          CALL_TIMEOUT,
          MAX_CONCURRENCY,
          MAX_CONNECTIONS,
          IDLE_TIMEOUT,
          DRAIN_TIMEOUT,
          DRAIN_DELAY,
          MAX_REPLY,
          MAX_CALL_TIMEOUT,
          MAX_STREAMS,
          STREAM_KEEP_ALIVE,
          RECEIVE_TIMEOUT,
          STALL_TIMEOUT,
          CLIENT_RATE,
          PROXIES,
          PASS_HEADERS,
          CORS_ORIGINS,
          ACCESS_LOG,
          PAGE);

  private GatewaySettings() {}
}
