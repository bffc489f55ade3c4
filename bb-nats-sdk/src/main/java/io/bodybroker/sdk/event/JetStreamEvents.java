package io.bodybroker.sdk.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.deadletter.DeadLetters;
import io.bodybroker.sdk.internal.HeaderText;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.store.CommitLog;
import io.bodybroker.sdk.store.Outbox;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;
import io.bodybroker.sdk.telemetry.PublishTelemetry;
import io.bodybroker.sdk.telemetry.RequestIds;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.bodybroker.sdk.v1.FeedPosition;
import io.nats.client.impl.Headers;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** {@link Events} on JetStream. Thread-safe. */
public final class JetStreamEvents implements Events, AutoCloseable {
  private static final String MESSAGE_ID = "Nats-Msg-Id";
  private static final int MAX_ID_LENGTH = 200;

  /**
   * What it works with; all of it belongs to somebody else.
   *
   * @param calls the connection of the {@code CALL} role
   * @param storing the connection of the {@code STORE} role; asked for when it is needed
   * @param config for timeouts, and how this process is called
   */
  public record Environment(
      SupervisedConnection calls,
      Supplier<SupervisedConnection> storing,
      Streams streams,
      StreamPublisher publisher,
      DeadLetters deadLetters,
      RpcTelemetry telemetry,
      InstantSource time,
      BusConfig config) {}

  private final Environment environment;
  private final JetStreamApi api;
  private final PublishTelemetry publishing;
  private final EventSubjects subjects = new EventSubjects();
  private final List<EventConsumer<?>> consumptions = new CopyOnWriteArrayList<>();

  /** Events over these. */
  public JetStreamEvents(Environment environment) {
    this.environment = environment;
    this.publishing = environment.telemetry().publishing();
    this.api =
        new JetStreamApi(
            () -> environment.storing().get().require(), environment.config().storeTimeout());
  }

  @Override
  public void publish(Message event, String id) {
    String subject = subjects.of(event.getDescriptorForType());
    ByteString payload = event.toByteString();
    publishing.declared(
        subject,
        requireId(id),
        payload.size(),
        context -> environment.publisher().publish(outgoing(subject, payload, id, context)));
  }

  @Override
  public CompletableFuture<Void> publishAsync(Message event, String id) {
    String subject = subjects.of(event.getDescriptorForType());
    ByteString payload = event.toByteString();
    return publishing.declaredAsync(
        subject,
        requireId(id),
        payload.size(),
        context ->
            environment
                .publisher()
                .publishAsync(outgoing(subject, payload, id, context))
                .thenAccept(sequence -> {}));
  }

  private StreamPublisher.Outgoing outgoing(
      String subject, ByteString payload, String id, Context context) {
    return new StreamPublisher.Outgoing(
        environment.streams().catalog().require(subject), subject, id, headers(context), payload);
  }

  private Map<String, String> headers(Context context) {
    var headers = new LinkedHashMap<String, String>();
    environment
        .telemetry()
        .inject(context, headers, (carrier, key, value) -> headers.put(key, value));
    RequestIds.current()
        .ifPresent(id -> headers.put(EventHeaders.REQUEST_ID, HeaderText.encode(id)));
    return headers;
  }

  @Override
  public void publishTo(String subject, Message message, String id) {
    byte[] payload = message.toByteArray();
    publishing.free(
        EventSubjects.requireFree(subject),
        requireId(id),
        payload.length,
        context -> send(subject, payload, id, context));
  }

  private void send(String subject, byte[] payload, String id, Context context) {
    var headers = new Headers().put(MESSAGE_ID, id);
    headers(context).forEach((name, value) -> headers.put(name, value));
    try {
      environment.calls().require().publish(subject, headers, payload);
    } catch (IllegalStateException e) {
      throw environment
          .calls()
          .unavailable("connection to NATS lost before the message was sent", e);
    }
  }

  @Override
  public void deliver(String subject, Message message, String id, Duration timeout) {
    byte[] payload = message.toByteArray();
    publishing.free(
        EventSubjects.requireFree(subject),
        requireId(id),
        payload.length,
        context -> {
          var headers = new Headers().put(MESSAGE_ID, id);
          headers(context).forEach((name, value) -> headers.put(name, value));
          ConfirmedSend.send(environment.calls().require(), subject, headers, payload, timeout);
        });
  }

  /**
   * Events of a type that is published under topics.
   *
   * @throws IllegalArgumentException if its contract declares no subject or no topics, or no
   *     declared stream takes it
   */
  public <T extends Message> TopicEvents<T> topics(T defaultInstance) {
    var stream = streamOf(defaultInstance);
    return new JetStreamTopics<>(
        api,
        environment.streams(),
        stream,
        TopicSubjects.of(defaultInstance.getDescriptorForType(), subjects),
        defaultInstance,
        this::publishTo,
        (spec, handler, configurations) ->
            begin(spec, handler, stream, configurations.apply(stream), false));
  }

  private Published publishTo(Message event, String subject, String id) {
    var published = new AtomicReference<Published>();
    ByteString payload = event.toByteString();
    publishing.declared(
        subjects.of(event.getDescriptorForType()),
        requireId(id),
        payload.size(),
        context -> {
          var acknowledged =
              environment.publisher().acknowledge(outgoing(subject, payload, id, context));
          published.set(new Published(acknowledged.sequence(), acknowledged.isRepeat()));
        });
    return published.get();
  }

  @Override
  public <T extends Message> Consumption consume(ConsumerSpec<T> spec, EventHandler<T> handler) {
    var stream = streamOf(spec.event());
    return begin(
        spec,
        handler,
        stream,
        List.of(
            ConsumerConfigurations.ofEvents(stream, spec),
            ConsumerConfigurations.ofRedriven(stream, spec)),
        true);
  }

  /**
   * Begins with the events, and with what comes back to them.
   *
   * @param isVital whether this process is of no use without them
   */
  private <T extends Message> Consumption begin(
      ConsumerSpec<T> spec,
      EventHandler<T> handler,
      StreamSpec stream,
      List<ConsumerConfigurations> both,
      boolean isVital) {
    var events = begin(spec, handler, stream, both.getFirst(), isVital);
    var redriven = begin(spec, handler, stream, both.getLast(), isVital);
    return new EventsAndRedriven(
        events,
        redriven,
        () -> {
          consumptions.remove(events);
          consumptions.remove(redriven);
        });
  }

  private <T extends Message> EventConsumer<T> begin(
      ConsumerSpec<T> spec,
      EventHandler<T> handler,
      StreamSpec stream,
      ConsumerConfigurations configuration,
      boolean isVital) {
    var consumption =
        new EventConsumer<>(
            api,
            environment.streams(),
            new ServerConsumer(api, stream, configuration),
            spec,
            new Processing<>(
                spec,
                handler,
                environment.deadLetters(),
                environment.telemetry().consumer(stream.name(), configuration.name()),
                environment.time(),
                environment.config().name(),
                environment.config().instance()),
            isVital);
    consumptions.add(consumption);
    consumption.start();
    return consumption;
  }

  /** The declared consumers on the class path, and how they stand. */
  public Consumers consumers() {
    return new Consumers(api, environment.streams(), ConsumerCatalog.onClassPath());
  }

  /**
   * The feed of a store, to be run again and again.
   *
   * @param positions where it writes down how far it has come
   * @throws IllegalArgumentException if no declared stream takes its events
   */
  public <T extends Message> Runnable feed(
      CommitLog<T> revisions, FeedSpec<T> spec, Store<FeedPosition> positions) {
    var chain = new FeedChain(revisions.name(), spec, environment.publisher(), subjects);
    return new ChangeFeed<>(revisions, spec, positions, chain);
  }

  /**
   * The relay of a store's outbox, to be run again and again.
   *
   * @param owner names this process as no other is
   * @throws IllegalArgumentException if no declared stream takes its events
   */
  public <T extends Message> Runnable relay(Outbox<T> outbox, FeedSpec<T> spec, String owner) {
    var chain = new FeedChain(outbox.name(), spec, environment.publisher(), subjects);
    return new OutboxRelay<>(
        outbox, spec, chain, environment.telemetry().metrics(), environment.time(), owner);
  }

  /**
   * The stream that takes an event.
   *
   * @throws IllegalArgumentException if its contract declares no subject, or no declared stream
   *     takes it
   */
  public StreamSpec streamOf(Message event) {
    return environment.streams().catalog().require(subjects.of(event.getDescriptorForType()));
  }

  /**
   * Why consumers get no events, a sentence each; answers at once from what is known. Those of
   * topics are left out: they are made as they are needed, and the others work without them.
   */
  public List<String> problems() {
    return consumptions.stream()
        .filter(EventConsumer::isVital)
        .flatMap(consumption -> consumption.problem().stream())
        .toList();
  }

  /** Takes no further events; those at work go on. */
  public void stopConsuming() {
    consumptions.forEach(EventConsumer::stopPulling);
  }

  /**
   * Waits for the events at work, after {@link #stopConsuming}.
   *
   * @return whether all were finished within the timeout
   */
  public boolean awaitConsumed(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    boolean isDone = true;
    for (EventConsumer<?> consumption : consumptions) {
      isDone &= consumption.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return isDone;
  }

  /** Stops at once; events still at work come again. */
  @Override
  public void close() {
    consumptions.forEach(EventConsumer::close);
    consumptions.clear();
  }

  private static String requireId(String id) {
    boolean isPrintable = id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (id.isEmpty() || id.length() > MAX_ID_LENGTH || !isPrintable) {
      throw new IllegalArgumentException(
          "id: \"%s\" (expected: 1 to %d printable ASCII characters)".formatted(id, MAX_ID_LENGTH));
    }
    return id;
  }
}
