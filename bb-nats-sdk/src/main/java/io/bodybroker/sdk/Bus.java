package io.bodybroker.sdk;

import com.google.protobuf.Message;
import io.bodybroker.sdk.backup.Backups;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.Connections;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.deadletter.DeadLetterQueue;
import io.bodybroker.sdk.deadletter.DeadLetters;
import io.bodybroker.sdk.deadletter.Letterbox;
import io.bodybroker.sdk.event.Consumers;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.event.JetStreamEvents;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.journal.Journals;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.resilience.ResilienceListener;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.Discovery;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcClient;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.store.CommitLog;
import io.bodybroker.sdk.store.Outbox;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;
import io.bodybroker.sdk.telemetry.ResilienceMeters;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.bodybroker.sdk.v1.FeedPosition;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A program's way onto the bus: it calls services, publishes events and finds who is running.
 *
 * <p>{@code connect} returns at once and connects behind the scenes, again and again if need be;
 * until a connection is up, calls fail at once with {@code UNAVAILABLE}. {@link #awaitConnected} is
 * for programs that have nothing better to do.
 *
 * <pre>{@code
 * try (var bus = Bus.connect(BusConfig.fromEnvironment())) {
 *   var weather = WeatherManagerClient.on(bus);
 *   var answer = weather.getWeather(request, CallOptions.timeout(Duration.ofMillis(200)));
 * }
 * }</pre>
 *
 * <p>Thread-safe; one for a whole program is the normal case.
 */
public final class Bus implements RpcCaller, AutoCloseable {
  private final Connections connections;
  private final RpcClient client;
  private final JetStreamEvents events;
  private final Streams streams;
  private final DeadLetterQueue deadLetters;
  private final Backups backups;
  private final DeadLetters intake;
  private final BusConfig config;
  private final Discovery discovery;
  private final Metrics metrics;

  private Bus(BusConfig config, Connections connections, RpcTelemetry telemetry) {
    this.config = config;
    this.connections = connections;
    var call = connections.connection(ConnectionRole.CALL);
    this.metrics = telemetry.metrics();
    ResilienceListener listener = new ResilienceMeters(metrics);
    this.client = new RpcClient(call, config, telemetry, listener);
    // Its connection is only made when the first event is published or consumed.
    Supplier<SupervisedConnection> storing = () -> connections.connection(ConnectionRole.STORE);
    this.streams =
        new Streams(
            storing, StreamCatalog.onClassPath(), config.storeReplicas(), config.storeTimeout());
    var publisher =
        new StreamPublisher(streams, config.eventPublishTimeout(), config.eventMaxInFlight());
    this.deadLetters = new DeadLetterQueue(storing, publisher, config.storeTimeout());
    this.backups = new Backups(storing, InstantSource.system());
    this.intake = new DeadLetters(publisher, metrics);
    this.events =
        new JetStreamEvents(
            new JetStreamEvents.Environment(
                call,
                storing,
                streams,
                publisher,
                intake,
                telemetry,
                InstantSource.system(),
                config));
    this.discovery = new Discovery(call);
  }

  /** A bus of its own connections, observed by the global OpenTelemetry instance. */
  public static Bus connect(BusConfig config) {
    return connect(config, GlobalOpenTelemetry.get());
  }

  /** A bus of its own connections. */
  public static Bus connect(BusConfig config, OpenTelemetry openTelemetry) {
    var telemetry = new RpcTelemetry(openTelemetry);
    return over(config, new Connections(config, telemetry.metrics()), telemetry);
  }

  /** A bus over connections it shares with others and closes with itself. */
  public static Bus over(BusConfig config, Connections connections, RpcTelemetry telemetry) {
    return new Bus(config, connections, telemetry);
  }

  @Override
  public <Q extends Message, R extends Message> R call(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    return client.call(method, request, options);
  }

  @Override
  public <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    return client.callAsync(method, request, options);
  }

  @Override
  public <Q extends Message, R extends Message> ResponseStream<R> open(
      RpcMethod<Q, R> method, Q request, CallOptions options) {
    return client.open(method, request, options);
  }

  @Override
  public <Q extends Message, R extends Message> CompletableFuture<Void> openAsync(
      RpcMethod<Q, R> method, Q request, CallOptions options, Consumer<? super R> consumer) {
    return client.openAsync(method, request, options, consumer);
  }

  /** Publishes and consumes events. */
  public Events events() {
    return events;
  }

  /**
   * Events of a type that is published under topics.
   *
   * @throws IllegalArgumentException if its contract declares no subject or no topics, or no
   *     declared stream takes it
   */
  public <T extends Message> TopicEvents<T> topics(T defaultInstance) {
    return events.topics(defaultInstance);
  }

  /** The declared streams, and how they stand. */
  public Streams streams() {
    return streams;
  }

  /**
   * The declared durable consumers, and how they stand.
   *
   * @throws IllegalArgumentException if two that are declared have one name
   */
  public Consumers consumers() {
    return events.consumers();
  }

  /** The dead-letter queue, for operators. */
  public DeadLetterQueue deadLetters() {
    return deadLetters;
  }

  /** Saves and restores what JetStream keeps, for operators. */
  public Backups backups() {
    return backups;
  }

  /** Opens journals, for operators; services ask their context for one. */
  public Journals journals() {
    return new Journals(
        () -> connections.connection(ConnectionRole.STORE).require(),
        streams,
        config.storeTimeout(),
        metrics);
  }

  /** A letterbox for the requests that a host serves, which drains and closes it. */
  public Letterbox letterbox() {
    return new Letterbox(
        () -> connections.connection(ConnectionRole.STORE),
        intake,
        config.storeTimeout(),
        InstantSource.system(),
        metrics);
  }

  /** The feed of a store or journal, to be run again and again; for a host. */
  public <T extends Message> Runnable feed(
      CommitLog<T> commits, FeedSpec<T> spec, Store<FeedPosition> positions) {
    return events.feed(commits, spec, positions);
  }

  /** The relay of a store's outbox, to be run again and again; for a host. */
  public <T extends Message> Runnable relay(Outbox<T> outbox, FeedSpec<T> spec, String owner) {
    return events.relay(outbox, spec, owner);
  }

  /**
   * The declared stream that takes an event.
   *
   * @throws IllegalArgumentException if its contract declares no subject, or none takes it
   */
  public StreamSpec streamOf(Message event) {
    return events.streamOf(event);
  }

  /**
   * Why consumers get no events, a sentence each; answers at once from what is known. Those of
   * topics are left out.
   */
  public List<String> consumerProblems() {
    return events.problems();
  }

  /** Takes no further events; those at work go on. */
  public void stopConsuming() {
    events.stopConsuming();
  }

  /**
   * Waits for the events at work, after {@link #stopConsuming}.
   *
   * @return whether all were finished within the timeout
   */
  public boolean awaitConsumed(Duration timeout) throws InterruptedException {
    return events.awaitConsumed(timeout);
  }

  /** Stops consuming at once, and leaves the connections to whoever they belong to. */
  public void stop() {
    events.close();
  }

  /** Finds running services. */
  public Discovery discovery() {
    return discovery;
  }

  /** The connections, for who needs NATS itself or their state. */
  public Connections connections() {
    return connections;
  }

  /** What it counts and measures; a program may add its own. */
  public Metrics metrics() {
    return metrics;
  }

  /** Waits until calls can be made. Returns whether that is so. */
  public boolean awaitConnected(Duration timeout) throws InterruptedException {
    return connections.connection(ConnectionRole.CALL).awaitUp(timeout);
  }

  /** Stops consuming and closes the connections. May be called twice. */
  @Override
  public void close() {
    events.close();
    connections.close();
  }
}
