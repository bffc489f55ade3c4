package io.bodybroker.sdk.host;

import com.google.protobuf.Message;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.deadletter.DeadLetterStreams;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.EventHandler;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.journal.Journal;
import io.bodybroker.sdk.journal.Journals;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcServer;
import io.bodybroker.sdk.rpc.RpcService;
import io.bodybroker.sdk.rpc.ServiceBinding;
import io.bodybroker.sdk.store.CommitLog;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.store.FastStores;
import io.bodybroker.sdk.store.RevisionLog;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.v1.FeedPosition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a module is configured with. Collects what shall be served, so that nothing is served before
 * all is wired.
 */
final class HostContext implements ServiceContext {
  /** The bucket in which every feed notes how far it has come. */
  private static final String FEEDS = "feeds";

  /** How long an instance stands by before it looks whether a feed needs it. */
  private static final Duration FEED_PAUSE = Duration.ofMillis(500);

  private final String runId;
  private final int maxPending;
  private final Bus bus;
  private final DurableStores durable;
  private final FastStores fast;
  private final Journals journals;
  private final InstantSource clock;
  private final Repeats repeats = new Repeats();
  private final Map<String, String> fed = new HashMap<>();
  private final List<ServiceBinding> bindings = new ArrayList<>();
  private final List<Runnable> consumers = new ArrayList<>();
  private final Set<StreamSpec> streams = new LinkedHashSet<>();

  HostContext(
      BusConfig config,
      Bus bus,
      DurableStores durable,
      FastStores fast,
      Journals journals,
      InstantSource clock) {
    this.runId = config.instance() + "/" + UUID.randomUUID();
    this.maxPending = config.redisOutboxLimit();
    this.bus = bus;
    this.durable = durable;
    this.fast = fast;
    this.journals = journals;
    this.clock = clock;
  }

  @Override
  public void serve(RpcService service) {
    bindings.add(service.binding());
  }

  @Override
  public <T extends Message> Store<T> durableStore(String name, T defaultInstance) {
    return durable.open(name, defaultInstance);
  }

  @Override
  public <T extends Message> Store<T> durableStore(
      String name, T defaultInstance, FeedSpec<T> feed) {
    feed(durable.revisions(name, defaultInstance), feed);
    return durable.open(name, defaultInstance, RevisionLog.HISTORY);
  }

  private <T extends Message> void feed(CommitLog<T> commits, FeedSpec<T> feed) {
    requireOnlyFeed(commits.name(), feed);
    var positions = durable.open(FEEDS, FeedPosition.getDefaultInstance());
    feed.events().forEach(event -> streams.add(bus.streamOf(event)));
    repeats.add("feed-" + commits.name(), FEED_PAUSE, bus.feed(commits, feed, positions));
  }

  @Override
  public <T extends Message> Journal<T> journal(String name, T defaultInstance) {
    streams.add(Journals.stream(name));
    return journals.openFollowed(
        name,
        defaultInstance,
        follower -> repeats.add("recent-" + Journals.stream(name).name(), FEED_PAUSE, follower));
  }

  @Override
  public <T extends Message> Journal<T> journal(String name, T defaultInstance, FeedSpec<T> feed) {
    feed(journals.commits(name, defaultInstance), feed);
    return journal(name, defaultInstance);
  }

  @Override
  public <T extends Message> Store<T> fastStore(
      String name, T defaultInstance, Duration timeToLive) {
    return fast.open(name, defaultInstance, timeToLive);
  }

  @Override
  public <T extends Message> Store<T> fastStore(
      String name, T defaultInstance, Duration timeToLive, FeedSpec<T> feed) {
    requireOnlyFeed(name, feed);
    feed.events().forEach(event -> streams.add(bus.streamOf(event)));
    var outbox = fast.outbox(name, defaultInstance);
    repeats.add("outbox-" + name, FEED_PAUSE, bus.relay(outbox, feed, runId));
    return fast.openWithOutbox(name, defaultInstance, timeToLive, maxPending);
  }

  /** The last event of a subject tells how far its feed has come: one feed, not two. */
  private void requireOnlyFeed(String store, FeedSpec<?> feed) {
    for (Message event : feed.events()) {
      String type = event.getDescriptorForType().getFullName();
      String other = fed.putIfAbsent(type, store);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s is fed by store \"%s\" already (expected: one store for each type of event, not \"%s\" as well)"
                .formatted(type, other, store));
      }
    }
  }

  @Override
  public Events events() {
    return bus.events();
  }

  @Override
  public <T extends Message> TopicEvents<T> topics(T defaultInstance) {
    streams.add(bus.streamOf(defaultInstance));
    streams.add(DeadLetterStreams.QUEUE);
    return bus.topics(defaultInstance);
  }

  @Override
  public <T extends Message> void consume(ConsumerSpec<T> consumer, EventHandler<T> handler) {
    streams.add(bus.streamOf(consumer.event()));
    streams.add(DeadLetterStreams.QUEUE);
    consumers.add(() -> bus.events().consume(consumer, handler));
  }

  @Override
  public RpcCaller caller() {
    return bus;
  }

  @Override
  public Metrics metrics() {
    return bus.metrics();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public void repeat(String name, Duration pause, Runnable task) {
    repeats.add(name, pause, task);
  }

  @Override
  public String runId() {
    return runId;
  }

  void serveAll(RpcServer server) {
    bindings.forEach(server::serve);
  }

  void consumeAll() {
    consumers.forEach(Runnable::run);
  }

  /** The streams that are known to be needed before the first event is published. */
  Set<StreamSpec> streams() {
    return streams;
  }

  boolean isConsuming() {
    return !consumers.isEmpty();
  }

  Repeats repeats() {
    return repeats;
  }
}
