package io.bodybroker.gateway;

import com.google.protobuf.TypeRegistry;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.gateway.http.Answer;
import io.bodybroker.gateway.http.HttpServer;
import io.bodybroker.gateway.http.Routes;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.gateway.openapi.OpenApi;
import io.bodybroker.gateway.page.PageFiles;
import io.bodybroker.gateway.readiness.ServiceWatch;
import io.bodybroker.gateway.session.Sessions;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.gateway.transcoding.HttpBindings;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.health.HealthChecks;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A running gateway.
 *
 * <pre>{@code
 * try (var bus = Bus.connect(BusConfig.fromEnvironment());
 *     var gateway = Gateway.start(bus, GatewayConfig.fromEnvironment())) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Beside the routes of contracts it has {@code /health} (alive), {@code /health/ready}
 * (connected, and every service it routes to has answered once), {@code /openapi.json}, and a page
 * to try them at {@code /}. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private final HealthChecks health = new HealthChecks("gateway");
  private final ServiceWatch watch;
  private final HttpServer server;
  private final Duration drainDelay;
  private volatile boolean isDraining;

  private Gateway(Builder builder) {
    List<HttpBinding> bindings = HttpBindings.of(builder.contracts);
    var sessions = Sessions.of(builder.contracts, builder.bus);
    byte[] openApi = JsonText.of(OpenApi.of(bindings)).getBytes(StandardCharsets.UTF_8);
    Routes routes =
        new Routes()
            .page("/health", () -> status(200, Map.of("status", "UP")))
            .page("/health/ready", this::ready)
            .page("/openapi.json", Answer.json(200, openApi))
            .files(builder.config.page() ? PageFiles.all() : List.of())
            .calls(bindings);
    var json = new JsonCodec(types(builder.contracts));
    Bus bus = builder.bus;
    this.drainDelay = builder.config.drainDelay();
    this.watch = ServiceWatch.start(services(bindings), bus.discovery()::answers);
    try {
      registerReadiness(bus);
      this.server =
          HttpServer.start(
              builder.config, routes, bus, sessions, json, builder.openTelemetry, bus.metrics());
    } catch (RuntimeException e) {
      watch.close();
      throw e;
    }
    health.started();
  }

  /**
   * Starts a gateway for all contracts on the class path; returns when it listens.
   *
   * @param bus closed by whoever opened it, after the gateway
   * @throws IllegalArgumentException if two routes serve the same requests, naming both; or one
   *     needs a session and no contract knows sessions, or two do
   * @throws IllegalStateException if its port is taken, naming it
   */
  public static Gateway start(Bus bus, GatewayConfig config) {
    return builder(bus).config(config).start();
  }

  /** A gateway that differs. */
  public static Builder builder(Bus bus) {
    return new Builder(bus);
  }

  private void registerReadiness(Bus bus) {
    var connection = bus.connections().connection(ConnectionRole.CALL);
    health.readiness("nats", () -> connection.state() == ConnectionState.UP, connection::reason);
    connection.onStateChange(state -> health.look());
    health.readiness(
        "services", () -> watch.missing().isEmpty(), () -> "no answer yet from " + watch.missing());
    health.readiness("draining", () -> !isDraining, () -> "draining");
  }

  /**
   * To strangers it says which services are awaited; servers and reasons are in the log and on the
   * health port.
   */
  private Answer ready() {
    return health.isReady()
        ? status(200, Map.of("status", "UP"))
        : status(503, Map.of("status", "DOWN", "waitingFor", watch.missing()));
  }

  private static Answer status(int status, Map<String, Object> body) {
    byte[] json = JsonText.of(new TreeMap<>(body)).getBytes(StandardCharsets.UTF_8);
    return Answer.json(status, json).withHeader("Cache-Control", "no-store");
  }

  private static Set<String> services(List<HttpBinding> bindings) {
    return bindings.stream()
        .map(binding -> binding.method().service())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TypeRegistry types(List<ServiceContract> contracts) {
    var types = TypeRegistry.newBuilder();
    contracts.forEach(contract -> types.add(contract.descriptor().getFile().getMessageTypes()));
    return types.build();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** What it knows of its health, for a health server beside it. */
  public HealthChecks health() {
    return health;
  }

  /**
   * Is no longer ready; after the drain delay stops to listen, and waits for requests at work. May
   * be called twice; an interrupt ends the delay, and stays set.
   */
  @Override
  public void close() {
    if (!isDraining) {
      boolean isKnown = health.isReady();
      isDraining = true;
      health.look();
      server.drain();
      if (isKnown) {
        awaitUnused();
      }
    }
    watch.close();
    server.close();
    health.close();
  }

  /** Load balancers send requests until they have seen that it is not ready. */
  private void awaitUnused() {
    try {
      Thread.sleep(drainDelay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a gateway is made of. Not thread-safe. */
  public static final class Builder {
    private final Bus bus;
    private GatewayConfig config = GatewayConfig.builder().build();
    private List<ServiceContract> contracts = ServiceContract.onClassPath();
    private OpenTelemetry openTelemetry = GlobalOpenTelemetry.get();

    private Builder(Bus bus) {
      this.bus = bus;
    }

    /** The settings; by default those of production. */
    public Builder config(GatewayConfig value) {
      this.config = value;
      return this;
    }

    /** What it routes to; by default all contracts on the class path. */
    public Builder contracts(List<ServiceContract> value) {
      this.contracts = List.copyOf(value);
      return this;
    }

    /** Where spans and metrics go; by default to the global instance. */
    public Builder openTelemetry(OpenTelemetry value) {
      this.openTelemetry = value;
      return this;
    }

    /** Starts; see {@link Gateway#start}. */
    public Gateway start() {
      return new Gateway(this);
    }
  }
}
