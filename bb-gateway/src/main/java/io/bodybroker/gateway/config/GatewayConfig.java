package io.bodybroker.gateway.config;

import io.bodybroker.sdk.config.ConfigException;
import io.bodybroker.sdk.config.Setting;
import io.bodybroker.sdk.config.SettingValues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a gateway. Each has a key in {@code application.yaml} ({@code gateway.port}) and
 * an environment variable ({@code GATEWAY_PORT}), which wins.
 *
 * <p>Immutable and thread-safe.
 */
public final class GatewayConfig {
  private final SettingValues values;

  private GatewayConfig(SettingValues values) {
    this.values = values;
  }

  /**
   * Settings from {@code application.yaml}, on the class path and in the working directory, and the
   * environment.
   *
   * @throws ConfigException naming every unknown key and every bad value, and what would be right
   */
  public static GatewayConfig fromEnvironment() {
    return new GatewayConfig(GatewaySettings.TABLE.fromEnvironment());
  }

  /** Starts with the defaults, whatever the environment says. */
  public static Builder builder() {
    return new Builder();
  }

  /** Address to listen on; default all, {@code 0.0.0.0}. */
  public String host() {
    return values.get(GatewaySettings.HOST);
  }

  /** Port to listen on; 0 takes a free one; default 8000. */
  public int port() {
    return values.get(GatewaySettings.PORT);
  }

  /**
   * Longest body of a request in bytes, up to 4 MiB; default 1 MiB, as NATS itself carries no more
   * unless told to.
   */
  public int maxBody() {
    return values.get(GatewaySettings.MAX_BODY);
  }

  /**
   * How long a request may wait for its service, 1 ms to 5 min; by default as the bus is configured
   * ({@code call.timeout}).
   */
  public Optional<Duration> callTimeout() {
    return values.get(GatewaySettings.CALL_TIMEOUT);
  }

  /**
   * Requests at work for services at once, streams among them; more are answered 503 at once;
   * default 2048. Pages of the gateway's own, such as its health, are not counted.
   */
  public int maxConcurrency() {
    return values.get(GatewaySettings.MAX_CONCURRENCY);
  }

  /** Connections open at once; more wait to be accepted; default 8192. */
  public int maxConnections() {
    return values.get(GatewaySettings.MAX_CONNECTIONS);
  }

  /**
   * How long a connection may say nothing, 1 s to 1 h; default 75 s, longer than load balancers
   * keep theirs (60 s), so that they close first.
   */
  public Duration idleTimeout() {
    return values.get(GatewaySettings.IDLE_TIMEOUT);
  }

  /**
   * How long requests at work may take when the gateway stops, up to 10 min; default 20 s, within
   * the 30 s of Fargate.
   */
  public Duration drainTimeout() {
    return values.get(GatewaySettings.DRAIN_TIMEOUT);
  }

  /**
   * How long requests are still taken when the gateway stops, no longer ready, up to 1 min; default
   * 5 s, as load balancers look every few seconds.
   */
  public Duration drainDelay() {
    return values.get(GatewaySettings.DRAIN_DELAY);
  }

  /**
   * Longest answer, or message of a stream, as JSON in bytes, 1 KiB to 64 MiB; default 8 MiB, which
   * what NATS carries seldom becomes as JSON.
   */
  public int maxReply() {
    return values.get(GatewaySettings.MAX_REPLY);
  }

  /** Longest timeout a client gets with {@code X-Timeout-Ms}, 1 ms to 5 min; default 30 s. */
  public Duration maxCallTimeout() {
    return values.get(GatewaySettings.MAX_CALL_TIMEOUT);
  }

  /** Streams open at once; more are answered 429 at once; default 1000. */
  public int maxStreams() {
    return values.get(GatewaySettings.MAX_STREAMS);
  }

  /**
   * After how long without a message a stream is written to, 100 ms to 1 h; default 10 s, within
   * the minute that proxies keep silent connections.
   */
  public Duration streamKeepAlive() {
    return values.get(GatewaySettings.STREAM_KEEP_ALIVE);
  }

  /**
   * How long a client may take to send the headers of a request, and as long again for its body,
   * 100 ms to 1 h; default 30 s. Then its connection is closed: it must not keep a place at work.
   */
  public Duration receiveTimeout() {
    return values.get(GatewaySettings.RECEIVE_TIMEOUT);
  }

  /**
   * How long a client may take nothing of what is written to it, 100 ms to 1 h; default 30 s. Then
   * its connection is closed and its call cancelled.
   */
  public Duration stallTimeout() {
    return values.get(GatewaySettings.STALL_TIMEOUT);
  }

  /**
   * Requests a second from one client address; more are answered 429. Default 0, no limit, because
   * behind a proxy that {@link #proxies()} does not count all clients would be one.
   */
  public int clientRate() {
    return values.get(GatewaySettings.CLIENT_RATE);
  }

  /**
   * How many proxies of ours are in front, up to 10; default 0, and {@code X-Forwarded-For} is not
   * believed.
   */
  public int proxies() {
    return values.get(GatewaySettings.PROXIES);
  }

  /**
   * Headers of requests that services get to see, in lower case; default {@code accept-language}.
   * They must not say who somebody is, for nothing checks them.
   */
  public List<String> passHeaders() {
    return values.get(GatewaySettings.PASS_HEADERS);
  }

  /** Sites whose pages may ask in a browser, or {@code *} for all; default none. */
  public List<String> corsOrigins() {
    return values.get(GatewaySettings.CORS_ORIGINS);
  }

  /** Whether each request gets a line in the log; default yes. */
  public boolean accessLog() {
    return values.get(GatewaySettings.ACCESS_LOG);
  }

  /**
   * Whether there is a page at {@code /} to browse and try the routes; default yes, as it shows and
   * does no more than what {@code /openapi.json} tells everybody how to do.
   */
  public boolean page() {
    return values.get(GatewaySettings.PAGE);
  }

  /** Collects settings; checked when built. Not thread-safe. */
  public static final class Builder {
    private final SettingValues.Builder values = GatewaySettings.TABLE.builder();

    private Builder() {}

    /** See {@link GatewayConfig#host()}. */
    public Builder host(String value) {
      return set(GatewaySettings.HOST, value);
    }

    /** See {@link GatewayConfig#port()}. */
    public Builder port(int value) {
      return set(GatewaySettings.PORT, value);
    }

    /** See {@link GatewayConfig#maxBody()}. */
    public Builder maxBody(int value) {
      return set(GatewaySettings.MAX_BODY, value);
    }

    /** See {@link GatewayConfig#callTimeout()}. */
    public Builder callTimeout(Duration value) {
      return set(GatewaySettings.CALL_TIMEOUT, Optional.of(value));
    }

    /** See {@link GatewayConfig#maxConcurrency()}. */
    public Builder maxConcurrency(int value) {
      return set(GatewaySettings.MAX_CONCURRENCY, value);
    }

    /** See {@link GatewayConfig#maxConnections()}. */
    public Builder maxConnections(int value) {
      return set(GatewaySettings.MAX_CONNECTIONS, value);
    }

    /** See {@link GatewayConfig#idleTimeout()}. */
    public Builder idleTimeout(Duration value) {
      return set(GatewaySettings.IDLE_TIMEOUT, value);
    }

    /** See {@link GatewayConfig#drainTimeout()}. */
    public Builder drainTimeout(Duration value) {
      return set(GatewaySettings.DRAIN_TIMEOUT, value);
    }

    /** See {@link GatewayConfig#drainDelay()}. */
    public Builder drainDelay(Duration value) {
      return set(GatewaySettings.DRAIN_DELAY, value);
    }

    /** See {@link GatewayConfig#maxReply()}. */
    public Builder maxReply(int value) {
      return set(GatewaySettings.MAX_REPLY, value);
    }

    /** See {@link GatewayConfig#maxCallTimeout()}. */
    public Builder maxCallTimeout(Duration value) {
      return set(GatewaySettings.MAX_CALL_TIMEOUT, value);
    }

    /** See {@link GatewayConfig#maxStreams()}. */
    public Builder maxStreams(int value) {
      return set(GatewaySettings.MAX_STREAMS, value);
    }

    /** See {@link GatewayConfig#streamKeepAlive()}. */
    public Builder streamKeepAlive(Duration value) {
      return set(GatewaySettings.STREAM_KEEP_ALIVE, value);
    }

    /** See {@link GatewayConfig#receiveTimeout()}. */
    public Builder receiveTimeout(Duration value) {
      return set(GatewaySettings.RECEIVE_TIMEOUT, value);
    }

    /** See {@link GatewayConfig#stallTimeout()}. */
    public Builder stallTimeout(Duration value) {
      return set(GatewaySettings.STALL_TIMEOUT, value);
    }

    /** See {@link GatewayConfig#clientRate()}. */
    public Builder clientRate(int value) {
      return set(GatewaySettings.CLIENT_RATE, value);
    }

    /** See {@link GatewayConfig#proxies()}. */
    public Builder proxies(int value) {
      return set(GatewaySettings.PROXIES, value);
    }

    /** See {@link GatewayConfig#passHeaders()}. */
    public Builder passHeaders(List<String> value) {
      return set(GatewaySettings.PASS_HEADERS, value);
    }

    /** See {@link GatewayConfig#corsOrigins()}. */
    public Builder corsOrigins(List<String> value) {
      return set(GatewaySettings.CORS_ORIGINS, value);
    }

    /** See {@link GatewayConfig#accessLog()}. */
    public Builder accessLog(boolean value) {
      return set(GatewaySettings.ACCESS_LOG, value);
    }

    /** See {@link GatewayConfig#page()}. */
    public Builder page(boolean value) {
      return set(GatewaySettings.PAGE, value);
    }

    private <T> Builder set(Setting<T> setting, T value) {
      values.set(setting, value);
      return this;
    }

    /**
     * The settings.
     *
     * @throws ConfigException naming every bad value and what would be right
     */
    public GatewayConfig build() {
      return new GatewayConfig(values.build());
    }
  }
}
