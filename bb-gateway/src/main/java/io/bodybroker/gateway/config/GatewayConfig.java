package io.bodybroker.gateway.config;

import io.bodybroker.sdk.config.ConfigException;
import io.bodybroker.sdk.config.Setting;
import io.bodybroker.sdk.config.SettingValues;
import java.time.Duration;
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

  /** Requests at work at once; more are answered 503 at once; default 2048. */
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
