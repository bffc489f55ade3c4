package io.bodybroker.sdk.testing;

import com.google.protobuf.Message;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.nats.client.Connection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A service as it runs in production, for one test: two instances over real servers, what it calls
 * beside it, and a bus of somebody who calls it.
 *
 * {@snippet file="com/example/tally/TallyTest.java" region="example"}
 *
 * <p>Each instance has a module, connections and a health server of its own, so nothing but the
 * servers connects them, as if they were processes; only the clock is one. Instances can be {@link
 * #stopOne stopped} and {@link #startOne started} while a test runs. To see what happens when a
 * server dies, do it to the server.
 *
 * <p>All methods may be called from any thread, {@link #close} after all others. None is
 * interruptible halfway: an interrupt ends a wait with a {@link CancellationException} and stays
 * set.
 */
public final class RunningService implements AutoCloseable {
  private final Supplier<? extends ServiceModule> module;
  private final UnaryOperator<ServiceHost.Builder> withClock;
  private final Duration startBound;
  private final BusConfig config;
  private final Bus bus;
  private final Observer observer;
  private final Deque<ServiceHost> beside = new ConcurrentLinkedDeque<>();
  private final Deque<ServiceHost> instances = new ConcurrentLinkedDeque<>();

  private RunningService(Builder builder, BusConfig config) {
    this.module = builder.module;
    this.withClock = builder.withClock;
    this.startBound = builder.startBound;
    this.config = config;
    this.bus = Bus.connect(config);
    this.observer = new Observer(config.natsUrls());
  }

  /**
   * Starts the description of a running service.
   *
   * @param module makes the module of each instance, {@code SettingsModule::new}
   */
  public static Builder of(Supplier<? extends ServiceModule> module) {
    return new Builder(module);
  }

  /**
   * Connected, for calls, events and journals, and of none of the instances: who calls the service,
   * or publishes what it consumes.
   */
  public Bus bus() {
    return bus;
  }

  /** What every instance and {@link #bus} run with. */
  public BusConfig config() {
    return config;
  }

  /** Those that run now, the oldest first; a snapshot. */
  public List<ServiceHost> instances() {
    return List.copyOf(instances);
  }

  /**
   * Starts one more instance, and returns when it serves.
   *
   * @throws AssertionError if it is not ready in time, with what its readiness page says
   * @throws RuntimeException what its module threw
   */
  public ServiceHost startOne() {
    return start(module.get(), instances);
  }

  /**
   * Stops the oldest instance as a deployment does: it drains first.
   *
   * @throws IllegalStateException if none runs
   */
  public void stopOne() {
    var oldest = instances.pollFirst();
    if (oldest == null) {
      throw new IllegalStateException("instances: 0 (expected: at least one to stop)");
    }
    oldest.close();
  }

  /** Stops all instances, one after the other; what runs beside goes on. */
  public void stopAll() {
    for (var host = instances.pollFirst(); host != null; host = instances.pollFirst()) {
      host.close();
    }
  }

  /**
   * Starts something else beside, with the same settings and clock: another service, or what stands
   * for one. Returns when it serves. Close it to take it away earlier than the rest.
   *
   * @throws AssertionError if it is not ready in time, with what its readiness page says
   */
  public ServiceHost startBeside(ServiceModule other) {
    return start(other, beside);
  }

  private ServiceHost start(ServiceModule what, Deque<ServiceHost> running) {
    var host = withClock.apply(ServiceHost.builder(what).config(config)).start();
    running.addLast(host);
    if (!Interruptible.await("an instance to be ready", () -> host.awaitReady(startBound))) {
      throw new AssertionError(
          "not ready within %s: %s".formatted(startBound, ReadinessPage.of(config, host)));
    }
    return host;
  }

  /**
   * All events of a type that are in their stream, in its order; none if there is no such stream
   * yet. Who listens on the subject instead hears attempts too that the stream did not take. An
   * event may come a moment after the call that caused it: wait for it with {@code Await}.
   *
   * @param defaultInstance of the type, {@code WeatherChanged.getDefaultInstance()}
   * @throws IllegalArgumentException if its contract declares no subject, or no declared stream
   *     takes it
   * @throws UncheckedIOException if the server does not answer
   */
  public <T extends Message> List<T> published(T defaultInstance) {
    return PublishedEvents.of(
        observer.connection(), bus.streamOf(defaultInstance).name(), defaultInstance);
  }

  /**
   * A connection to NATS that has nothing to do with the SDK, for what the bus does not show:
   * subjects, consumers, what other programs send. Made when it is first asked for; closed with
   * this. It presents no credentials and no certificate, so it is for servers that want none.
   *
   * @throws UncheckedIOException if there is no connection to be had
   */
  public Connection observer() {
    return observer.connection();
  }

  /**
   * Stops everything: the bus, the instances, what ran beside, the youngest of them first. May be
   * called twice.
   *
   * @throws RuntimeException what one of them threw, with the others' beside it; all are stopped
   *     before
   */
  @Override
  public void close() {
    var failures = new ArrayList<RuntimeException>();
    close(bus::close, failures);
    closeAll(instances, failures);
    closeAll(beside, failures);
    close(observer::close, failures);
    if (!failures.isEmpty()) {
      var first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private static void closeAll(Deque<ServiceHost> hosts, List<RuntimeException> failures) {
    for (var host = hosts.pollLast(); host != null; host = hosts.pollLast()) {
      close(host::close, failures);
    }
  }

  private static void close(Runnable resource, List<RuntimeException> failures) {
    try {
      resource.run();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  private void startAll(List<ServiceModule> others, int count) {
    others.forEach(this::startBeside);
    for (int i = 0; i < count; i++) {
      startOne();
    }
    awaitUp(ConnectionRole.CALL);
    awaitUp(ConnectionRole.STORE); // else made only when it is first needed, and not waited for
  }

  private void awaitUp(ConnectionRole role) {
    var connection = bus.connections().connection(role);
    if (!Interruptible.await("the bus", () -> connection.awaitUp(startBound))) {
      throw new AssertionError(
          "not connected within %s: %s".formatted(startBound, connection.reason()));
    }
  }

  /** What is to run. Not thread-safe; can start any number of them. */
  public static final class Builder {
    private final Supplier<? extends ServiceModule> module;
    private final List<ServiceModule> beside = new ArrayList<>();
    private int instances = 2;
    private UnaryOperator<ServiceHost.Builder> withClock = UnaryOperator.identity();
    private Duration startBound = Duration.ofSeconds(30);
    private UnaryOperator<BusConfig.Builder> settings = UnaryOperator.identity();

    private Builder(Supplier<? extends ServiceModule> module) {
      this.module = module;
    }

    /**
     * How many instances run at first; default 2, since what is wrong with a second one shows in no
     * test with one.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder instances(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("instances: %d (expected: 0 or more)".formatted(value));
      }
      this.instances = value;
      return this;
    }

    /** The clock of all instances, such as {@link MovableTime}; by default the real one. */
    public Builder clock(InstantSource value) {
      this.withClock = host -> host.clock(value);
      return this;
    }

    /**
     * Starts something else first, with the same settings and clock: another service, or what
     * stands for one, {@code context -> context.serve(new FixedTimeManager())}. May be called
     * several times; they start in that order.
     *
     * @see ServiceContext#serve
     */
    public Builder beside(ServiceModule other) {
      beside.add(other);
      return this;
    }

    /**
     * Changes settings; may be called several times. Without it they are the defaults, but for the
     * servers' addresses, a free port for each health server, and 10 s for a call, so that a busy
     * machine fails no test.
     */
    public Builder config(UnaryOperator<BusConfig.Builder> change) {
      var before = settings;
      this.settings = builder -> change.apply(before.apply(builder));
      return this;
    }

    /** How long each instance may take to serve; default 30 s. */
    public Builder startBound(Duration value) {
      this.startBound = value;
      return this;
    }

    /**
     * Starts all of it over this server; returns when every instance serves.
     *
     * @throws AssertionError if an instance is not ready in time, with what its readiness page says
     * @throws RuntimeException what a module threw; then, too, everything that ran is stopped again
     */
    public RunningService start(NatsServer nats) {
      return start(BusConfig.builder().natsUrls(List.of(nats.url())));
    }

    /** As {@link #start(NatsServer)}, for services with fast stores. */
    public RunningService start(NatsServer nats, RedisServer redis) {
      return start(BusConfig.builder().natsUrls(List.of(nats.url())).redisUrl(redis.url()));
    }

    private RunningService start(BusConfig.Builder servers) {
      var usual = servers.healthHost("127.0.0.1").healthPort(0).callTimeout(Duration.ofSeconds(10));
      var service = new RunningService(this, settings.apply(usual).build());
      try {
        service.startAll(List.copyOf(beside), instances);
        return service;
      } catch (RuntimeException | AssertionError e) {
        boolean isInterrupted = Thread.interrupted(); // else nothing would end in order
        try {
          service.close();
        } catch (RuntimeException untidy) {
          e.addSuppressed(untidy);
        }
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
        throw e;
      }
    }
  }
}
