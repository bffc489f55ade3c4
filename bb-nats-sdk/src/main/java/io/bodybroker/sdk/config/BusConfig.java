package io.bodybroker.sdk.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The settings of a process on the bus. Each has a key in {@code application.yaml} ({@code
 * nats.url}) and an environment variable ({@code NATS_URL}), which wins; {@code
 * docs/configuration.md} lists them. Defaults are those we run in production, but for addresses,
 * which are those of a developer's machine.
 *
 * <p>Immutable and thread-safe.
 */
public final class BusConfig {
  private final SettingValues values;
  private final String instance;

  private BusConfig(SettingValues values) {
    this.values = values;
    String given = values.get(Settings.INSTANCE);
    this.instance = given.isEmpty() ? inventInstance() : given;
  }

  /**
   * Settings from {@code application.yaml}, on the class path and in the working directory, and the
   * environment.
   *
   * @throws ConfigException naming every unknown key and every bad value, and what would be right
   */
  public static BusConfig fromEnvironment() {
    return of(Settings.TABLE.fromEnvironment());
  }

  /** Starts with the defaults, whatever the environment says. */
  public static Builder builder() {
    return new Builder(Settings.TABLE.builder());
  }

  /** Starts with these settings. */
  public Builder toBuilder() {
    return new Builder(values.toBuilder());
  }

  static BusConfig of(SettingValues values) {
    var config = new BusConfig(values);
    List<String> problems = CrossChecks.problems(config);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  private static String inventInstance() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "host";
    }
    return host
        + "-"
        + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36);
  }

  private <T> T get(Setting<T> setting) {
    return values.get(setting);
  }

  /**
   * Names this process among the instances of its service; by default the host's name and a random
   * part.
   */
  public String instance() {
    return instance;
  }

  /**
   * What this process calls itself in connection names and logs, and where its answers come to; the
   * user's name with permissions. Default {@code bb}.
   */
  public String name() {
    return get(Settings.NAME);
  }

  /** The NATS servers; default {@code nats://127.0.0.1:4222}. */
  public List<String> natsUrls() {
    return get(Settings.NATS_URL);
  }

  /** How long one try to connect may take, 100 ms to 30 s; default 2 s. */
  public Duration natsConnectTimeout() {
    return get(Settings.NATS_CONNECT_TIMEOUT);
  }

  /**
   * How often a silent connection is tried, 1 s to 2 min; default 15 s, so that a half-open one is
   * noticed within 45 s.
   */
  public Duration natsPingInterval() {
    return get(Settings.NATS_PING_INTERVAL);
  }

  /** Least wait between two tries to connect, 10 ms to 30 s, jitter added; default 250 ms. */
  public Duration natsReconnectWait() {
    return get(Settings.NATS_RECONNECT_WAIT);
  }

  /**
   * PEM file of those who may vouch for a NATS server; empty, the default: those whom the JVM
   * trusts.
   */
  public Optional<Path> natsCa() {
    return get(Settings.NATS_CA);
  }

  /** PEM file with our certificate for NATS; empty by default. */
  public Optional<Path> natsCert() {
    return get(Settings.NATS_CERT);
  }

  /** PEM file with the private key of {@link #natsCert()}; empty by default. */
  public Optional<Path> natsKey() {
    return get(Settings.NATS_KEY);
  }

  /** File with the JWT of a NATS user and its seed; empty by default. */
  public Optional<Path> natsCreds() {
    return get(Settings.NATS_CREDS);
  }

  /** File with the seed of a NATS user; empty by default. */
  public Optional<Path> natsNkey() {
    return get(Settings.NATS_NKEY);
  }

  /** The Redis server, or any node of a cluster; default {@code redis://127.0.0.1:6379}. */
  public String redisUrl() {
    return get(Settings.REDIS_URL);
  }

  /** Whether {@link #redisUrl()} leads to a cluster; default {@code false}. */
  public boolean redisCluster() {
    return get(Settings.REDIS_CLUSTER);
  }

  /** How long connecting to Redis, or one answer of it, may take, 10 ms to 30 s; default 500 ms. */
  public Duration redisTimeout() {
    return get(Settings.REDIS_TIMEOUT);
  }

  /** Connections to a Redis node, 1 to 1024; default 16. */
  public int redisConnections() {
    return get(Settings.REDIS_CONNECTIONS);
  }

  /**
   * PEM file of those who may vouch for a Redis server; empty, the default: those whom the JVM
   * trusts.
   */
  public Optional<Path> redisCa() {
    return get(Settings.REDIS_CA);
  }

  /** PEM file with our certificate for Redis; empty by default. */
  public Optional<Path> redisCert() {
    return get(Settings.REDIS_CERT);
  }

  /** PEM file with the private key of {@link #redisCert()}; empty by default. */
  public Optional<Path> redisKey() {
    return get(Settings.REDIS_KEY);
  }

  /** How often the files of keys and certificates are looked at, 100 ms to 1 h; default 10 s. */
  public Duration securityReloadInterval() {
    return get(Settings.SECURITY_RELOAD_INTERVAL);
  }

  /**
   * How long a caller waits for an answer, all attempts included, 1 ms to 5 min; default 2 s. A
   * server gives this time to a request that does not say.
   */
  public Duration callTimeout() {
    return get(Settings.CALL_TIMEOUT);
  }

  /** Attempts of one call, the first included, 1 to 10; default 3. */
  public int callAttempts() {
    return get(Settings.CALL_ATTEMPTS);
  }

  /** Wait before the second attempt, 1 ms to 1 min, doubling after; default 50 ms. */
  public Duration callBackoffMin() {
    return get(Settings.CALL_BACKOFF_MIN);
  }

  /** Longest wait between two attempts, 1 ms to 1 min; default 500 ms. */
  public Duration callBackoffMax() {
    return get(Settings.CALL_BACKOFF_MAX);
  }

  /** Calls to one target under way at once, 1 to 1,000,000; default 1024. */
  public int callMaxConcurrency() {
    return get(Settings.CALL_MAX_CONCURRENCY);
  }

  /** Tokens of a target's retry budget, 2 to 10,000; default 100. */
  public int retryBudgetTokens() {
    return get(Settings.RETRY_BUDGET_TOKENS);
  }

  /** Percentage of failed calls that opens a breaker, 1 to 100; default 50. */
  public int breakerFailureRate() {
    return get(Settings.BREAKER_FAILURE_RATE);
  }

  /** Calls below which the rate says nothing, 1 to 100,000; default 20. */
  public int breakerMinimumCalls() {
    return get(Settings.BREAKER_MINIMUM_CALLS);
  }

  /** Time over which the failure rate is taken, 100 ms to 10 min; default 10 s. */
  public Duration breakerWindow() {
    return get(Settings.BREAKER_WINDOW);
  }

  /** How long an open breaker lets nothing through, 10 ms to 10 min; default 5 s. */
  public Duration breakerOpen() {
    return get(Settings.BREAKER_OPEN);
  }

  /** Calls a half-open breaker lets through, 1 to 100; default 3. */
  public int breakerProbes() {
    return get(Settings.BREAKER_PROBES);
  }

  /** Requests one endpoint works on at once, 1 to 1,000,000; default 1024. */
  public int serveMaxConcurrency() {
    return get(Settings.SERVE_MAX_CONCURRENCY);
  }

  /** Streams one endpoint serves at once, 1 to 1,000,000; default 1024. */
  public int serveMaxStreams() {
    return get(Settings.SERVE_MAX_STREAMS);
  }

  /**
   * Requests to one contract that have arrived and were not looked at yet, 1 to 1,000,000; default
   * 16,384. More are dropped.
   */
  public int serveMaxWaiting() {
    return get(Settings.SERVE_MAX_WAITING);
  }

  /** Messages the writer of a stream may be ahead of its reader, 1 to 10,000; default 64. */
  public int streamWindow() {
    return get(Settings.STREAM_WINDOW);
  }

  /**
   * Bytes the writer of a stream may be ahead of its reader, one message more at most; 1 to 16 MiB,
   * default 256 KiB.
   */
  public int streamWindowBytes() {
    return get(Settings.STREAM_WINDOW_BYTES);
  }

  /**
   * After so much silence a stream's writer says that it is still there, 10 ms to 30 s; default 500
   * ms. A reader whose process is gone is noticed by that.
   */
  public Duration streamKeepAlive() {
    return get(Settings.STREAM_KEEP_ALIVE);
  }

  /**
   * How long a stream that was broken off, and can be resumed, is tried to be opened anew, up to 1
   * h; default 30 s.
   */
  public Duration streamResumeFor() {
    return get(Settings.STREAM_RESUME_FOR);
  }

  /** How long a shutdown may take, up to 10 min; default 25 s, since Fargate kills after 30 s. */
  public Duration drainTimeout() {
    return get(Settings.DRAIN_TIMEOUT);
  }

  /**
   * Replicas of each durable document and each stream: 1, 3 or 5; or 0, the default: 3 in a cluster
   * and 1 on a server that stands alone.
   */
  public int storeReplicas() {
    return get(Settings.STORE_REPLICAS);
  }

  /** How long one answer of JetStream may take, 10 ms to 30 s; default 2 s. */
  public Duration storeTimeout() {
    return get(Settings.STORE_TIMEOUT);
  }

  /**
   * How long publishing one event may take, all attempts included, 100 ms to 5 min; default 10 s.
   */
  public Duration eventPublishTimeout() {
    return get(Settings.EVENT_PUBLISH_TIMEOUT);
  }

  /** Events that may be on their way to their stream at once; default 1024. */
  public int eventMaxInFlight() {
    return get(Settings.EVENT_MAX_IN_FLIGHT);
  }

  /**
   * Changes of one fast store that may wait in Redis to be published, 32 to 100,000,000; default
   * 100,000. While there are more, its writes are refused.
   */
  public int redisOutboxLimit() {
    return get(Settings.REDIS_OUTBOX_LIMIT);
  }

  /** Address the health server listens on; default {@code 0.0.0.0}. */
  public String healthHost() {
    return get(Settings.HEALTH_HOST);
  }

  /** Port of the health server, 0 for a free one; default 8080. */
  public int healthPort() {
    return get(Settings.HEALTH_PORT);
  }

  /** The settings that differ from their defaults, without passwords. */
  @Override
  public String toString() {
    return "BusConfig" + values;
  }

  /** Collects settings; they are checked by {@link #build()}. Not thread-safe. */
  public static final class Builder {
    private final SettingValues.Builder values;

    private Builder(SettingValues.Builder values) {
      this.values = values;
    }

    private <T> Builder set(Setting<T> setting, T value) {
      values.set(setting, value);
      return this;
    }

    /** See {@link BusConfig#instance()}. */
    public Builder instance(String value) {
      return set(Settings.INSTANCE, value);
    }

    /** See {@link BusConfig#name()}. */
    public Builder name(String value) {
      return set(Settings.NAME, value);
    }

    /** See {@link BusConfig#natsUrls()}. */
    public Builder natsUrls(List<String> value) {
      return set(Settings.NATS_URL, value);
    }

    /** See {@link BusConfig#natsConnectTimeout()}. */
    public Builder natsConnectTimeout(Duration value) {
      return set(Settings.NATS_CONNECT_TIMEOUT, value);
    }

    /** See {@link BusConfig#natsPingInterval()}. */
    public Builder natsPingInterval(Duration value) {
      return set(Settings.NATS_PING_INTERVAL, value);
    }

    /** See {@link BusConfig#natsReconnectWait()}. */
    public Builder natsReconnectWait(Duration value) {
      return set(Settings.NATS_RECONNECT_WAIT, value);
    }

    /** See {@link BusConfig#natsCa()}. */
    public Builder natsCa(Path value) {
      return set(Settings.NATS_CA, Optional.of(value));
    }

    /** See {@link BusConfig#natsCert()}. */
    public Builder natsCert(Path value) {
      return set(Settings.NATS_CERT, Optional.of(value));
    }

    /** See {@link BusConfig#natsKey()}. */
    public Builder natsKey(Path value) {
      return set(Settings.NATS_KEY, Optional.of(value));
    }

    /** See {@link BusConfig#natsCreds()}. */
    public Builder natsCreds(Path value) {
      return set(Settings.NATS_CREDS, Optional.of(value));
    }

    /** See {@link BusConfig#natsNkey()}. */
    public Builder natsNkey(Path value) {
      return set(Settings.NATS_NKEY, Optional.of(value));
    }

    /** See {@link BusConfig#redisUrl()}. */
    public Builder redisUrl(String value) {
      return set(Settings.REDIS_URL, value);
    }

    /** See {@link BusConfig#redisCluster()}. */
    public Builder redisCluster(boolean value) {
      return set(Settings.REDIS_CLUSTER, value);
    }

    /** See {@link BusConfig#redisTimeout()}. */
    public Builder redisTimeout(Duration value) {
      return set(Settings.REDIS_TIMEOUT, value);
    }

    /** See {@link BusConfig#redisConnections()}. */
    public Builder redisConnections(int value) {
      return set(Settings.REDIS_CONNECTIONS, value);
    }

    /** See {@link BusConfig#redisCa()}. */
    public Builder redisCa(Path value) {
      return set(Settings.REDIS_CA, Optional.of(value));
    }

    /** See {@link BusConfig#redisCert()}. */
    public Builder redisCert(Path value) {
      return set(Settings.REDIS_CERT, Optional.of(value));
    }

    /** See {@link BusConfig#redisKey()}. */
    public Builder redisKey(Path value) {
      return set(Settings.REDIS_KEY, Optional.of(value));
    }

    /** See {@link BusConfig#securityReloadInterval()}. */
    public Builder securityReloadInterval(Duration value) {
      return set(Settings.SECURITY_RELOAD_INTERVAL, value);
    }

    /** See {@link BusConfig#callTimeout()}. */
    public Builder callTimeout(Duration value) {
      return set(Settings.CALL_TIMEOUT, value);
    }

    /** See {@link BusConfig#callAttempts()}. */
    public Builder callAttempts(int value) {
      return set(Settings.CALL_ATTEMPTS, value);
    }

    /** See {@link BusConfig#callBackoffMin()}. */
    public Builder callBackoffMin(Duration value) {
      return set(Settings.CALL_BACKOFF_MIN, value);
    }

    /** See {@link BusConfig#callBackoffMax()}. */
    public Builder callBackoffMax(Duration value) {
      return set(Settings.CALL_BACKOFF_MAX, value);
    }

    /** See {@link BusConfig#callMaxConcurrency()}. */
    public Builder callMaxConcurrency(int value) {
      return set(Settings.CALL_MAX_CONCURRENCY, value);
    }

    /** See {@link BusConfig#retryBudgetTokens()}. */
    public Builder retryBudgetTokens(int value) {
      return set(Settings.RETRY_BUDGET_TOKENS, value);
    }

    /** See {@link BusConfig#breakerFailureRate()}. */
    public Builder breakerFailureRate(int value) {
      return set(Settings.BREAKER_FAILURE_RATE, value);
    }

    /** See {@link BusConfig#breakerMinimumCalls()}. */
    public Builder breakerMinimumCalls(int value) {
      return set(Settings.BREAKER_MINIMUM_CALLS, value);
    }

    /** See {@link BusConfig#breakerWindow()}. */
    public Builder breakerWindow(Duration value) {
      return set(Settings.BREAKER_WINDOW, value);
    }

    /** See {@link BusConfig#breakerOpen()}. */
    public Builder breakerOpen(Duration value) {
      return set(Settings.BREAKER_OPEN, value);
    }

    /** See {@link BusConfig#breakerProbes()}. */
    public Builder breakerProbes(int value) {
      return set(Settings.BREAKER_PROBES, value);
    }

    /** See {@link BusConfig#serveMaxConcurrency()}. */
    public Builder serveMaxConcurrency(int value) {
      return set(Settings.SERVE_MAX_CONCURRENCY, value);
    }

    /** See {@link BusConfig#serveMaxStreams()}. */
    public Builder serveMaxStreams(int value) {
      return set(Settings.SERVE_MAX_STREAMS, value);
    }

    /** See {@link BusConfig#serveMaxWaiting()}. */
    public Builder serveMaxWaiting(int value) {
      return set(Settings.SERVE_MAX_WAITING, value);
    }

    /** See {@link BusConfig#streamWindow()}. */
    public Builder streamWindow(int value) {
      return set(Settings.STREAM_WINDOW, value);
    }

    /** See {@link BusConfig#streamWindowBytes()}. */
    public Builder streamWindowBytes(int value) {
      return set(Settings.STREAM_WINDOW_BYTES, value);
    }

    /** See {@link BusConfig#streamKeepAlive()}. */
    public Builder streamKeepAlive(Duration value) {
      return set(Settings.STREAM_KEEP_ALIVE, value);
    }

    /** See {@link BusConfig#streamResumeFor()}. */
    public Builder streamResumeFor(Duration value) {
      return set(Settings.STREAM_RESUME_FOR, value);
    }

    /** See {@link BusConfig#drainTimeout()}. */
    public Builder drainTimeout(Duration value) {
      return set(Settings.DRAIN_TIMEOUT, value);
    }

    /** See {@link BusConfig#storeReplicas()}. */
    public Builder storeReplicas(int value) {
      return set(Settings.STORE_REPLICAS, value);
    }

    /** See {@link BusConfig#storeTimeout()}. */
    public Builder storeTimeout(Duration value) {
      return set(Settings.STORE_TIMEOUT, value);
    }

    /** See {@link BusConfig#eventPublishTimeout()}. */
    public Builder eventPublishTimeout(Duration value) {
      return set(Settings.EVENT_PUBLISH_TIMEOUT, value);
    }

    /** See {@link BusConfig#eventMaxInFlight()}. */
    public Builder eventMaxInFlight(int value) {
      return set(Settings.EVENT_MAX_IN_FLIGHT, value);
    }

    /** See {@link BusConfig#redisOutboxLimit()}. */
    public Builder redisOutboxLimit(int value) {
      return set(Settings.REDIS_OUTBOX_LIMIT, value);
    }

    /** See {@link BusConfig#healthHost()}. */
    public Builder healthHost(String value) {
      return set(Settings.HEALTH_HOST, value);
    }

    /** See {@link BusConfig#healthPort()}. */
    public Builder healthPort(int value) {
      return set(Settings.HEALTH_PORT, value);
    }

    /**
     * The settings.
     *
     * @throws ConfigException naming every bad value and what would be right
     */
    public BusConfig build() {
      return of(values.build());
    }
  }
}
