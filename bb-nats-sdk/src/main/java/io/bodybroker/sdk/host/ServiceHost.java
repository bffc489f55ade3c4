package io.bodybroker.sdk.host;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.connection.Connections;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.deadletter.Letterbox;
import io.bodybroker.sdk.health.HealthChecks;
import io.bodybroker.sdk.health.HealthServer;
import io.bodybroker.sdk.journal.Journals;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.rpc.RpcServer;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.store.FastStores;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.bodybroker.sdk.telemetry.StateChange;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs services: one in production, several in one process on a developer's machine.
 *
 * <p>The order of a start is health server (so that a task that starts during an outage is alive),
 * connections, modules, serving. The order of an end is not ready, no new requests, what is in
 * flight, connections, health server; it takes at most {@link BusConfig#drainTimeout()}. A start
 * that fails closes what it had opened.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   ServiceHost.run(new WeatherManagerModule(), args);
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ServiceHost implements AutoCloseable {
  private static final String SERVING = "SERVING";
  private static final String DRAINING = "DRAINING";

  /** How often it is looked whether a stream is to be looked at; seldom is one. */
  private static final Duration TEND = Duration.ofMillis(250);

  /** Not static, so that {@link #run} can set up logging before the first logger is made. */
  private final Logger log = System.getLogger(ServiceHost.class.getName());

  private final BusConfig config;
  private final HealthChecks health;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicBoolean isDraining = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isCutOff;
  private final HealthServer healthServer;
  private final Bus bus;
  private final RpcServer server;
  private final Letterbox letterbox;
  private final HostContext context;

  private ServiceHost(Builder builder) {
    this.config = builder.config;
    var telemetry = new RpcTelemetry(builder.openTelemetry);
    var metrics = telemetry.metrics();
    this.health = open(new HealthChecks(config.name()));
    try {
      this.healthServer = open(HealthServer.start(config, health, metrics));
      var connections = open(new Connections(config, metrics));
      this.bus = Bus.over(config, connections, telemetry);
      open(bus::stop);
      var serving = connections.connection(ConnectionRole.SERVE);
      var storing = connections.connection(ConnectionRole.STORE);
      this.letterbox = open(bus.letterbox());
      this.server = open(new RpcServer(serving, config, telemetry, letterbox));
      var durable =
          open(
              new DurableStores(
                  storing::require, config.storeReplicas(), config.storeTimeout(), metrics));
      var fast = open(fastStores(config, metrics, connections));
      var journals = new Journals(storing::require, bus.streams(), config.storeTimeout(), metrics);
      this.context = new HostContext(config, bus, durable, fast, journals, builder.clock);
      registerReadiness(connections);
      builder.modules.forEach(module -> module.configure(context));
      if (fast.isUsed()) {
        health.readiness(
            "redis", () -> fast.problem().isEmpty(), () -> fast.problem().orElse("connected"));
      }
      registerStreams();
      context.serveAll(server);
      context.consumeAll();
      context.repeats().start();
      changed("STARTING", SERVING, "all modules are configured");
      health.started();
    } catch (RuntimeException e) {
      closeOpened();
      throw e;
    }
  }

  private static FastStores fastStores(BusConfig config, Metrics metrics, Connections connections) {
    return new FastStores(
        config.redisUrl(),
        config.redisCluster(),
        config.redisTimeout(),
        config.redisConnections(),
        metrics,
        connections.security());
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private void registerReadiness(Connections connections) {
    for (SupervisedConnection connection : connections.all()) {
      String name = "nats-" + connection.role().name().toLowerCase(java.util.Locale.ROOT);
      health.readiness(name, () -> connection.state() == ConnectionState.UP, connection::reason);
      connection.onStateChange(state -> health.look());
    }
    health.readiness("subscriptions", () -> server.isSubscribed(), server::problem);
    health.readiness("draining", () -> !isDraining.get(), () -> "draining");
  }

  /** What is away or refused shows here; that the process is alive is another matter. */
  private void registerStreams() {
    var streams = new StreamReadiness(bus.streams(), context.streams());
    context.repeat("streams", TEND, streams::tend);
    health.readiness("streams", streams::holds, streams::reason);
    if (context.isConsuming()) {
      health.readiness(
          "consumers",
          () -> bus.consumerProblems().isEmpty(),
          () -> String.join("; ", bus.consumerProblems()));
    }
  }

  /**
   * The {@code main} of a service: configures from the environment and runs until SIGTERM; see
   * {@link HostProcess} for how it ends.
   *
   * @param args none are known
   */
  public static void run(ServiceModule module, String... args) {
    HostProcess.run(args, () -> start(module, BusConfig.fromEnvironment())::closeOrFail);
  }

  /**
   * As {@link #close}, for a process of which one sees nothing but its exit status.
   *
   * @throws IllegalStateException if not all calls and tasks ended in time
   */
  public void closeOrFail() {
    close();
    if (isCutOff) {
      throw new IllegalStateException("not all calls and tasks ended in time");
    }
  }

  /**
   * Starts the making of a host for these modules, which share connections and one health server.
   */
  public static Builder builder(ServiceModule... modules) {
    return new Builder(List.of(modules));
  }

  /** Starts a host with this configuration; returns when it serves or waits for NATS to do so. */
  public static ServiceHost start(ServiceModule module, BusConfig config) {
    return builder(module).config(config).start();
  }

  /** The bus this host calls and publishes on. */
  public Bus bus() {
    return bus;
  }

  /** The port of {@code /health}, also if it was configured as 0. */
  public int healthPort() {
    return healthServer.port();
  }

  /** Whether requests arrive and can be served. */
  public boolean isReady() {
    return health.isReady();
  }

  /** Waits until {@link #isReady()}. Returns whether that is so. */
  public boolean awaitReady(Duration timeout) throws InterruptedException {
    return health.awaitReady(timeout);
  }

  /** Requests at work now. */
  public int inFlight() {
    return server.inFlight();
  }

  /** Drains and closes. May be called twice; the second call waits for the first. */
  @Override
  public void close() {
    if (isDraining.compareAndSet(false, true)) {
      try {
        drain();
      } finally {
        closeOpened();
        closed.countDown();
      }
      return;
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() {
    long deadline = System.nanoTime() + config.drainTimeout().toNanos();
    health.look();
    changed(SERVING, DRAINING, "told to end, with %d calls in flight".formatted(server.inFlight()));
    try {
      bus.stopConsuming(); // first: events that a task lets go are not failures then
      context.repeats().interrupt();
      boolean callsEnded = server.drain(config.drainTimeout());
      boolean eventsEnded = bus.awaitConsumed(until(deadline));
      boolean tasksEnded = context.repeats().awaitEnd(until(deadline));
      if (!letterbox.drain(until(deadline))) {
        log.log(Level.WARNING, "dead letters of requests are lost, the queue did not take them");
      }
      isCutOff = !callsEnded || !eventsEnded || !tasksEnded;
      if (isCutOff) {
        changed(
            DRAINING,
            "CUT_OFF",
            "%d calls were still in flight after %s, tasks had %sended"
                .formatted(server.inFlight(), config.drainTimeout(), tasksEnded ? "" : "not "));
      } else {
        changed(DRAINING, "DRAINED", "all calls are answered");
      }
    } catch (InterruptedException e) {
      isCutOff = true;
      Thread.currentThread().interrupt();
    }
  }

  private void changed(String from, String to, String reason) {
    log.log(
        Level.INFO,
        StateChange.LINE,
        new StateChange("lifecycle", config.name(), from, to, reason));
  }

  private static Duration until(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private void closeOpened() {
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception e) {
        log.log(Level.WARNING, "closing " + resource.getClass().getSimpleName() + " failed", e);
      }
    }
  }

  /** What a host is made of. Not thread-safe. */
  public static final class Builder {
    private final List<ServiceModule> modules;
    private BusConfig config = BusConfig.builder().build();
    private OpenTelemetry openTelemetry = GlobalOpenTelemetry.get();
    private InstantSource clock = InstantSource.system();

    private Builder(List<ServiceModule> modules) {
      this.modules = modules;
    }

    /** The settings; by default those of a developer's machine. */
    public Builder config(BusConfig value) {
      this.config = value;
      return this;
    }

    /** Where spans and metrics go; by default to the global instance. */
    public Builder openTelemetry(OpenTelemetry value) {
      this.openTelemetry = value;
      return this;
    }

    /** The clock that {@link ServiceContext#clock()} gives to the modules. */
    public Builder clock(InstantSource value) {
      this.clock = value;
      return this;
    }

    /**
     * Starts; returns when it serves or waits for NATS to do so.
     *
     * @throws RuntimeException what a module threw, or the health port being taken; everything
     *     opened is closed again
     */
    public ServiceHost start() {
      return new ServiceHost(this);
    }
  }
}
