package io.bodybroker.gateway.config;

import io.bodybroker.sdk.config.ConfigException;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of a gateway. Each has a key in {@code application.yaml} ({@code gateway.port}) and
 * an environment variable ({@code GATEWAY_PORT}), which wins.
 *
 * <p>Immutable and thread-safe.
 */
public final class GatewayConfig {
  private final Map<Setting, Object> values;

  private GatewayConfig(Map<Setting, Object> values) {
    this.values = values;
  }

  /**
   * Settings from {@code application.yaml}, on the class path and in the working directory, and the
   * environment.
   *
   * @throws ConfigException naming every unknown key and every bad value, and what would be right
   */
  public static GatewayConfig fromEnvironment() {
    var files =
        Config.builder()
            .addSource(ConfigSources.file("application.yaml").optional())
            .addSource(ConfigSources.classpath("application.yaml").optional())
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .build();
    return from(files.asMap().orElse(Map.of()), System.getenv());
  }

  static GatewayConfig from(Map<String, String> keys, Map<String, String> environment) {
    var builder = new Builder();
    builder.addAll(keys, "gateway.", Setting::key);
    builder.addAll(environment, "GATEWAY_", Setting::variable);
    return builder.build();
  }

  /** Starts with the defaults, whatever the environment says. */
  public static Builder builder() {
    return new Builder();
  }

  /** Address to listen on; default all, {@code 0.0.0.0}. */
  public String host() {
    return get(Setting.HOST, String.class);
  }

  /** Port to listen on; 0 takes a free one; default 8000. */
  public int port() {
    return get(Setting.PORT, Integer.class);
  }

  /**
   * Longest body of a request in bytes, up to 4 MiB; default 1 MiB, as NATS itself carries no more
   * unless told to.
   */
  public int maxBody() {
    return get(Setting.MAX_BODY, Integer.class);
  }

  /**
   * How long a request may wait for its service, 1 ms to 5 min; by default as the bus is configured
   * ({@code call.timeout}).
   */
  public Optional<Duration> callTimeout() {
    return Optional.ofNullable((Duration) values.get(Setting.CALL_TIMEOUT));
  }

  /** Requests at work at once; more are answered 503 at once; default 2048. */
  public int maxConcurrency() {
    return get(Setting.MAX_CONCURRENCY, Integer.class);
  }

  /** Connections open at once; more wait to be accepted; default 8192. */
  public int maxConnections() {
    return get(Setting.MAX_CONNECTIONS, Integer.class);
  }

  /**
   * How long a connection may say nothing, 1 s to 1 h; default 75 s, longer than load balancers
   * keep theirs (60 s), so that they close first.
   */
  public Duration idleTimeout() {
    return get(Setting.IDLE_TIMEOUT, Duration.class);
  }

  /**
   * How long requests at work may take when the gateway stops, up to 10 min; default 20 s, within
   * the 30 s of Fargate.
   */
  public Duration drainTimeout() {
    return get(Setting.DRAIN_TIMEOUT, Duration.class);
  }

  private <T> T get(Setting setting, Class<T> type) {
    return type.cast(values.get(setting));
  }

  /** Collects settings; checked when built. Not thread-safe. */
  public static final class Builder {
    private record Given(String name, String text) {}

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    private Builder() {}

    /** See {@link GatewayConfig#host()}. */
    public Builder host(String value) {
      return set(Setting.HOST, value);
    }

    /** See {@link GatewayConfig#port()}. */
    public Builder port(int value) {
      return set(Setting.PORT, value);
    }

    /** See {@link GatewayConfig#maxBody()}. */
    public Builder maxBody(int value) {
      return set(Setting.MAX_BODY, value);
    }

    /** See {@link GatewayConfig#callTimeout()}. */
    public Builder callTimeout(Duration value) {
      return set(Setting.CALL_TIMEOUT, value.toMillis() + "ms");
    }

    /** See {@link GatewayConfig#maxConcurrency()}. */
    public Builder maxConcurrency(int value) {
      return set(Setting.MAX_CONCURRENCY, value);
    }

    /** See {@link GatewayConfig#maxConnections()}. */
    public Builder maxConnections(int value) {
      return set(Setting.MAX_CONNECTIONS, value);
    }

    /** See {@link GatewayConfig#idleTimeout()}. */
    public Builder idleTimeout(Duration value) {
      return set(Setting.IDLE_TIMEOUT, value.toMillis() + "ms");
    }

    /** See {@link GatewayConfig#drainTimeout()}. */
    public Builder drainTimeout(Duration value) {
      return set(Setting.DRAIN_TIMEOUT, value.toMillis() + "ms");
    }

    private Builder set(Setting setting, Object value) {
      given.put(setting, new Given(setting.key(), value.toString()));
      return this;
    }

    private void addAll(
        Map<String, String> texts, String prefix, Function<Setting, String> naming) {
      Map<String, Setting> known =
          Stream.of(Setting.values()).collect(Collectors.toMap(naming, setting -> setting));
      texts.forEach((name, text) -> {
        Setting setting = known.get(name);
        if (setting != null) {
          given.put(setting, new Given(name, text));
        } else if (name.startsWith(prefix)) {
          String names = known.keySet().stream().sorted().collect(Collectors.joining(", "));
          problems.add("%s: unknown (expected: one of %s)".formatted(name, names));
        }
      });
    }

    /**
     * The settings.
     *
     * @throws ConfigException naming every bad value and what would be right
     */
    public GatewayConfig build() {
      var values = new EnumMap<Setting, Object>(Setting.class);
      for (Setting setting : Setting.values()) {
        Given text = given.get(setting);
        if (text == null) {
          setting.parse(setting.standard()).ifPresent(value -> values.put(setting, value));
        } else {
          setting
              .parse(text.text())
              .ifPresentOrElse(
                  value -> values.put(setting, value),
                  () -> problems.add(setting.refusal(text.name(), text.text())));
        }
      }
      if (!problems.isEmpty()) {
        throw new ConfigException(String.join("\n  ", problems));
      }
      return new GatewayConfig(values);
    }
  }
}
