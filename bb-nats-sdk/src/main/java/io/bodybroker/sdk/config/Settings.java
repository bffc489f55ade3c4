package io.bodybroker.sdk.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a process on the bus. This table drives parsing, refusals and the reference page.
 */
final class Settings {
  static final Setting<String> NAME =
      Setting.of(
          "service.name",
          "bb",
          "1 to 64 letters, digits, '-' and '_', and '.' between them",
          Parsers::name,
          "What this process calls itself in connection names and logs, and where its answers come to; the user's name with permissions.");
  static final Setting<String> INSTANCE =
      Setting.of(
          "service.instance",
          "",
          "nothing, or 1 to 64 letters, digits, '-' and '_', and '.' between them",
          text -> text.isEmpty() ? Optional.of("") : Parsers.name(text),
          "Names this process among the instances of its service, for leases and logs. Nothing means the host's name and a"
              + " random part.");
  static final Setting<List<String>> NATS_URL =
      Setting.of(
          "nats.url",
          "nats://127.0.0.1:4222",
          "nats://host:port, several separated by commas",
          Parsers.urls("nats", "tls"),
          "The NATS servers; any of a cluster's leads to all.");
  static final Setting<Duration> NATS_CONNECT_TIMEOUT =
      Setting.duration(
          "nats.connect-timeout", "2s", "100ms", "30s", "How long one try to connect may take.");
  static final Setting<Duration> NATS_PING_INTERVAL =
      Setting.duration(
          "nats.ping-interval",
          "15s",
          "1s",
          "2m",
          "How often a silent connection is tried. Two missing answers end it, so a half-open connection behind a load balancer is"
              + " noticed within three of these.");
  static final Setting<Duration> NATS_RECONNECT_WAIT =
      Setting.duration(
          "nats.reconnect-wait",
          "250ms",
          "10ms",
          "30s",
          "Least wait between two tries to connect; jitter is added, so that a fleet does not return in step.");
  static final Setting<Optional<Path>> NATS_CA =
      Setting.file(
              "nats.ca",
              "file",
              "PEM file with the certificates of those who may vouch for a NATS server; nothing means those that the JVM trusts. If set, connections are TLS, whatever the scheme of nats.url.")
          .optional();
  static final Setting<Optional<Path>> NATS_CERT =
      Setting.file(
              "nats.cert",
              "file",
              "PEM file with our certificate, then those of its issuers, for a server that asks for it (mutual TLS).")
          .optional();
  static final Setting<Optional<Path>> NATS_KEY =
      Setting.file(
              "nats.key",
              "file",
              "PEM file with the private key of nats.cert: RSA, EC or Ed25519, not encrypted.")
          .optional();
  static final Setting<Optional<Path>> NATS_CREDS =
      Setting.file(
              "nats.creds",
              "file",
              "A .creds file: the JWT of a NATS user, and the seed of its key.")
          .optional();
  static final Setting<Optional<Path>> NATS_NKEY =
      Setting.file(
              "nats.nkey",
              "file",
              "A file with the seed (SU…) of a NATS user that the server knows by its public key.")
          .optional();
  static final Setting<String> REDIS_URL =
      Setting.of(
          "redis.url",
          "redis://127.0.0.1:6379",
          "redis://host:port or rediss://host:port",
          Parsers.url("redis", "rediss"),
          "The Redis server, or any node of a cluster.");
  static final Setting<Boolean> REDIS_CLUSTER =
      Setting.flag("redis.cluster", "false", "Whether redis.url leads to a cluster.");
  static final Setting<Duration> REDIS_TIMEOUT =
      Setting.duration(
          "redis.timeout",
          "500ms",
          "10ms",
          "30s",
          "How long connecting to Redis, or one answer of it, may take.");
  static final Setting<Integer> REDIS_CONNECTIONS =
      Setting.number(
          "redis.connections",
          "16",
          1,
          1024,
          "Connections to a Redis node; a command waits for a free one for at most redis.timeout.");
  static final Setting<Optional<Path>> REDIS_CA =
      Setting.file(
              "redis.ca",
              "file",
              "PEM file with the certificates of those who may vouch for a Redis server; nothing means those that the JVM trusts. Needs rediss://.")
          .optional();
  static final Setting<Optional<Path>> REDIS_CERT =
      Setting.file(
              "redis.cert",
              "file",
              "PEM file with our certificate, then those of its issuers, for a server that asks for it (mutual TLS).")
          .optional();
  static final Setting<Optional<Path>> REDIS_KEY =
      Setting.file(
              "redis.key",
              "file",
              "PEM file with the private key of redis.cert: RSA, EC or Ed25519, not encrypted.")
          .optional();
  static final Setting<Duration> SECURITY_RELOAD_INTERVAL =
      Setting.duration(
          "security.reload-interval",
          "10s",
          "100ms",
          "1h",
          "How often the files of keys and certificates are looked at; what has changed in them is used for the next connection.");
  static final Setting<Duration> CALL_TIMEOUT =
      Setting.duration(
          "call.timeout",
          "2s",
          "1ms",
          "5m",
          "How long a caller waits for an answer, all attempts included, unless the call says otherwise; also the time a server gives"
              + " to a request that does not say.");
  static final Setting<Integer> CALL_ATTEMPTS =
      Setting.number("call.attempts", "3", 1, 10, "Attempts of one call, the first included.");
  static final Setting<Duration> CALL_BACKOFF_MIN =
      Setting.duration(
          "call.backoff-min",
          "50ms",
          "1ms",
          "1m",
          "Wait before the second attempt; doubles with each further one. A random half of it is waited for sure.");
  static final Setting<Duration> CALL_BACKOFF_MAX =
      Setting.duration(
          "call.backoff-max", "500ms", "1ms", "1m", "Longest wait between two attempts.");
  static final Setting<Integer> CALL_MAX_CONCURRENCY =
      Setting.number(
          "call.max-concurrency",
          "1024",
          1,
          1_000_000,
          "Calls to one target service under way at once (bulkhead); more fail at once with RESOURCE_EXHAUSTED.");
  static final Setting<Integer> RETRY_BUDGET_TOKENS =
      Setting.number(
          "call.retry-budget",
          "100",
          2,
          10_000,
          "Tokens of a target's retry budget: a failed attempt takes one, an answer gives back a tenth, and nothing is retried while"
              + " half or fewer are left.");
  static final Setting<Integer> BREAKER_FAILURE_RATE =
      Setting.number(
          "breaker.failure-rate",
          "50",
          1,
          100,
          "Percentage of failed calls that opens a target's circuit breaker.");
  static final Setting<Integer> BREAKER_MINIMUM_CALLS =
      Setting.number(
          "breaker.minimum-calls",
          "20",
          1,
          100_000,
          "Calls within the window below which the rate says nothing.");
  static final Setting<Duration> BREAKER_WINDOW =
      Setting.duration(
          "breaker.window", "10s", "100ms", "10m", "Time over which the failure rate is taken.");
  static final Setting<Duration> BREAKER_OPEN =
      Setting.duration(
          "breaker.open", "5s", "10ms", "10m", "How long an open breaker lets nothing through.");
  static final Setting<Integer> BREAKER_PROBES =
      Setting.number(
          "breaker.probes",
          "3",
          1,
          100,
          "Calls a half-open breaker lets through; all answered closes it, one failed opens it again.");
  static final Setting<Integer> SERVE_MAX_CONCURRENCY =
      Setting.number(
          "serve.max-concurrency",
          "1024",
          1,
          1_000_000,
          "Requests one endpoint works on at once; more are answered RESOURCE_EXHAUSTED at once.");
  static final Setting<Integer> SERVE_MAX_STREAMS =
      Setting.number(
          "serve.max-streams",
          "1024",
          1,
          1_000_000,
          "Streams one endpoint serves at once; more are answered RESOURCE_EXHAUSTED at once.");
  static final Setting<Integer> SERVE_MAX_WAITING =
      Setting.number(
          "serve.max-waiting",
          "16384",
          1,
          1_000_000,
          "Requests to one contract that have arrived and are not yet taken up or refused, which takes"
              + " some microseconds each; more are dropped, and their callers wait in vain.");
  static final Setting<Integer> STREAM_WINDOW =
      Setting.number(
          "stream.window",
          "64",
          1,
          10_000,
          "Messages the writer of a stream may be ahead of its reader.");
  static final Setting<Integer> STREAM_WINDOW_BYTES =
      Setting.number(
          "stream.window-bytes",
          "262144",
          1,
          16_777_216,
          "Bytes the writer of a stream may be ahead of its reader, one message more at most.");
  static final Setting<Duration> STREAM_KEEP_ALIVE =
      Setting.duration(
          "stream.keep-alive",
          "500ms",
          "10ms",
          "30s",
          "After so much silence a stream's writer says that it is still there, and learns by that whether its reader is.");
  static final Setting<Duration> STREAM_RESUME_FOR =
      Setting.duration(
          "stream.resume-for",
          "30s",
          "0s",
          "1h",
          "How long a stream that was broken off, and can be resumed, is tried to be opened anew.");
  static final Setting<Duration> DRAIN_TIMEOUT =
      Setting.duration(
          "drain.timeout",
          "25s",
          "0s",
          "10m",
          "How long a shutdown may take; Fargate kills after 30 s.");
  static final Setting<Integer> STORE_REPLICAS =
      Setting.of(
          "store.replicas",
          "0",
          "0, 1, 3 or 5",
          Parsers.number(0, 5)
              .andThen(value -> value.filter(count -> count == 0 || count % 2 == 1)),
          "Replicas of each durable document and each stream; 0 means 3 in a cluster and 1 on a server that stands alone.");
  static final Setting<Duration> STORE_TIMEOUT =
      Setting.duration(
          "store.timeout", "2s", "10ms", "30s", "How long one answer of JetStream may take.");
  static final Setting<Duration> EVENT_PUBLISH_TIMEOUT =
      Setting.duration(
          "event.publish-timeout",
          "10s",
          "100ms",
          "5m",
          "How long publishing one event may take, all attempts included; electing a stream's leader takes some seconds.");
  static final Setting<Integer> EVENT_MAX_IN_FLIGHT =
      Setting.number(
          "event.max-in-flight",
          "1024",
          1,
          100_000,
          "Events that may be on their way to their stream at once; publishing more waits.");
  static final Setting<Integer> REDIS_OUTBOX_LIMIT =
      Setting.number(
          "redis.outbox-limit",
          "100000",
          32,
          100_000_000,
          "Changes of one fast store that may wait in Redis to be published; while there are more, its writes are refused.");
  static final Setting<String> HEALTH_HOST =
      Setting.host("health.host", "0.0.0.0", "Address the health server listens on.");
  static final Setting<Integer> HEALTH_PORT =
      Setting.number(
          "health.port",
          "8080",
          0,
          65_535,
          "Port of /health, /health/ready, /health/started and /metrics; 0 takes a free one.");

  static final SettingTable TABLE =
      SettingTable.of(
          NAME,
          INSTANCE,
          NATS_URL,
          NATS_CONNECT_TIMEOUT,
          NATS_PING_INTERVAL,
          NATS_RECONNECT_WAIT,
          NATS_CA,
          NATS_CERT,
          NATS_KEY,
          NATS_CREDS,
          NATS_NKEY,
          REDIS_URL,
          REDIS_CLUSTER,
          REDIS_TIMEOUT,
          REDIS_CONNECTIONS,
          REDIS_OUTBOX_LIMIT,
          REDIS_CA,
          REDIS_CERT,
          REDIS_KEY,
          SECURITY_RELOAD_INTERVAL,
          CALL_TIMEOUT,
          CALL_ATTEMPTS,
          CALL_BACKOFF_MIN,
          CALL_BACKOFF_MAX,
          CALL_MAX_CONCURRENCY,
          RETRY_BUDGET_TOKENS,
          BREAKER_FAILURE_RATE,
          BREAKER_MINIMUM_CALLS,
          BREAKER_WINDOW,
          BREAKER_OPEN,
          BREAKER_PROBES,
          SERVE_MAX_CONCURRENCY,
          SERVE_MAX_STREAMS,
          SERVE_MAX_WAITING,
          STREAM_WINDOW,
          STREAM_WINDOW_BYTES,
          STREAM_KEEP_ALIVE,
          STREAM_RESUME_FOR,
          DRAIN_TIMEOUT,
          STORE_REPLICAS,
          STORE_TIMEOUT,
          EVENT_PUBLISH_TIMEOUT,
          EVENT_MAX_IN_FLIGHT,
          HEALTH_HOST,
          HEALTH_PORT);

  private Settings() {}
}
