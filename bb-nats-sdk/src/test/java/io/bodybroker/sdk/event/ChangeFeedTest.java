package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.RevisionLog;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class ChangeFeedTest {
  private static final FeedSpec<StringValue> FEED =
      new FeedSpec<>(
          List.of(Echoed.getDefaultInstance()),
          change ->
              change instanceof Change.Put<StringValue> put
                      && !put.value().getValue().startsWith("quiet")
                  ? Optional.of(Echoed.newBuilder().setText(put.value().getValue()).build())
                  : Optional.empty());

  private final List<ServiceHost> hosts = new ArrayList<>();
  private BusConfig config;
  private Connection operator;
  private JetStreamManagement management;

  @BeforeEach
  void prepare(NatsServer nats, RedisServer redis) throws Exception {
    config =
        EventBus.config(nats.url())
            .redisUrl(redis.url())
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    operator = Nats.connect(nats.url());
    management = operator.jetStreamManagement();
  }

  @AfterEach
  void close() throws Exception {
    hosts.reversed().forEach(ServiceHost::close);
    operator.close();
  }

  /** An instance of a service whose documents are fed. */
  private Store<StringValue> instance() throws Exception {
    return instance(FEED);
  }

  private Store<StringValue> instance(FeedSpec<StringValue> feed) throws Exception {
    var store = new AtomicReference<Store<StringValue>>();
    var host =
        ServiceHost.builder(context ->
                store.set(context.durableStore("fed", StringValue.getDefaultInstance(), feed)))
            .config(config)
            .start();
    hosts.add(host);
    assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    return store.get();
  }

  private List<String> events() throws Exception {
    var texts = new ArrayList<String>();
    if (management.getStreamNames().contains("ECHO")) {
      StreamInfo info = management.getStreamInfo("ECHO");
      for (long i = 1; i <= info.getStreamState().getLastSequence(); i++) {
        var data = Objects.requireNonNull(management.getMessage("ECHO", i).getData(), "data");
        texts.add(Echoed.parseFrom(data).getText());
      }
    }
    return texts;
  }

  private void awaitEvents(List<String> wanted) {
    Await.untilSeen(BOUND, "events", this::events, wanted::equals);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void publishesEachRevisionOnceAndInOrderWithSeveralInstances() throws Exception {
    var store = instance();
    instance();
    instance();

    for (String number : numbers(0, 100)) {
      store.put("key/" + Integer.parseInt(number) % 7, EventBus.text(number));
    }

    awaitEvents(numbers(0, 100));
  }

  @Test
  void publishesWhatWasCommittedByAProcessThatIsGone() throws Exception {
    var store = instance();
    store.put("key", EventBus.text("0"));
    awaitEvents(numbers(0, 1));
    hosts.removeFirst().close();
    // Another program commits, and nobody is there to feed.
    try (var stores = new io.bodybroker.sdk.store.DurableStores(() -> operator, 1, BOUND)) {
      var writer = stores.open("fed", StringValue.getDefaultInstance());
      for (String number : numbers(1, 20)) {
        writer.put("key", EventBus.text(number));
      }
    }

    instance();

    awaitEvents(numbers(0, 20));
  }

  /** Its revisions begin at 1 again, below those that the last events speak of. */
  @Test
  void beginsAnewWithAStoreThatWasMadeAnewAndOnlyOnce() throws Exception {
    var store = instance();
    for (String number : numbers(0, 9)) {
      store.put("key", EventBus.text(number));
    }
    awaitEvents(numbers(0, 9));
    hosts.removeFirst().close();
    management.deleteStream("KV_fed");
    try (var stores = new io.bodybroker.sdk.store.DurableStores(() -> operator, 1, BOUND)) {
      var writer = stores.open("fed", StringValue.getDefaultInstance(), RevisionLog.HISTORY);
      writer.put("key", EventBus.text("9"));
      writer.put("key", EventBus.text("10"));
    }

    instance();
    var last = instance();
    awaitEvents(numbers(0, 11));
    hosts.removeFirst().close();
    instance();
    last.put("key", EventBus.text("11"));

    awaitEvents(numbers(0, 12));
  }

  /** As one that died between the two events of a revision has left it. */
  @Test
  void goesOnWithinARevisionThatIsSeveralEvents() throws Exception {
    var twice =
        FeedSpec.<StringValue>ofSeveral(
            List.of(Echoed.getDefaultInstance()),
            change -> List.of(numbered(change, "a"), numbered(change, "b")));
    try (var stores = new io.bodybroker.sdk.store.DurableStores(() -> operator, 1, BOUND);
        var bus = EventBus.withStream(String.join(",", config.natsUrls()))) {
      var writer = stores.open("fed", StringValue.getDefaultInstance());
      writer.put("key/0", EventBus.text("0"));
      writer.put("key/1", EventBus.text("1"));
      var publisher = new StreamPublisher(bus.streams(), BOUND, 10);
      var chain = new FeedChain("fed", twice, publisher, new EventSubjects());
      chain.look();
      chain.publish(echo("0a"), "unknown-1", java.util.Map.of("Bb-Feed-Revision", "fed:1+1"));
      chain.flush();
    }

    instance(twice);

    awaitEvents(List.of("0a", "0b", "1a", "1b"));
  }

  private static Echoed echo(String text) {
    return Echoed.newBuilder().setText(text).build();
  }

  private static Echoed numbered(Change<StringValue> change, String which) {
    return echo(((Change.Put<StringValue>) change).value().getValue() + which);
  }

  /** The last event of a subject tells how far its feed has come: of two, each would lie. */
  @Test
  void refusesTwoFeedsOfOneEvent() {
    assertThatThrownBy(() ->
            ServiceHost.builder(
                    context -> {
                      context.durableStore("one", StringValue.getDefaultInstance(), FEED);
                      context.fastStore(
                          "two", StringValue.getDefaultInstance(), BOUND, FedWriter.FEED);
                    })
                .config(config)
                .start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Echoed is fed by store \"one\" already");
  }

  @Test
  void leavesOutWhatIsNoEventAndGoesOn() throws Exception {
    var store = instance();

    store.put("a", EventBus.text("1"));
    store.put("a", EventBus.text("quiet"));
    store.delete("a");
    store.put("a", EventBus.text("2"));

    awaitEvents(List.of("1", "2"));
  }

  @Test
  void goesOnWhereItWasWhenTheEventsHaveGrownTooOldToBeKept() throws Exception {
    var store = instance();
    store.put("a", EventBus.text("1"));
    awaitEvents(List.of("1"));
    hosts.removeFirst().close(); // notes how far it has come
    management.purgeStream("ECHO");

    store = instance();
    store.put("a", EventBus.text("2"));

    Await.untilSeen(
        BOUND,
        "messages",
        () -> management.getStreamInfo("ECHO").getStreamState(),
        state -> state.getLastSequence() == 2 && state.getMsgCount() == 1);
  }
}
