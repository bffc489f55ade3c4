package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.BOUND;
import static io.bodybroker.sdk.event.EventBus.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.StringValue;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.store.FastStores;
import io.bodybroker.sdk.store.Outbox;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class OutboxRelayTest {
  private final List<ServiceHost> hosts = new ArrayList<>();
  private NatsServer nats;
  private RedisServer redis;
  private FastStores stores;
  private Outbox<StringValue> outbox;

  @BeforeEach
  void prepare(NatsServer nats, RedisServer redis) {
    this.nats = nats;
    this.redis = redis;
    stores = new FastStores(redis.url(), false, Duration.ofSeconds(1), 4);
    outbox = stores.outbox(FedWriter.STORE, StringValue.getDefaultInstance());
  }

  @AfterEach
  void close() {
    hosts.reversed().forEach(ServiceHost::close);
    stores.close();
  }

  private BusConfig.Builder config() {
    return EventBus.config(nats.url()).redisUrl(redis.url()).healthHost("127.0.0.1").healthPort(0);
  }

  /** An instance of a service whose documents are fed. */
  private Store<StringValue> instance() throws Exception {
    return instance(config().build());
  }

  private Store<StringValue> instance(BusConfig config) throws Exception {
    var store = new AtomicReference<Store<StringValue>>();
    var host =
        ServiceHost.builder(context -> store.set(FedWriter.open(context))).config(config).start();
    hosts.add(host);
    assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    return store.get();
  }

  private List<String> events() throws Exception {
    var texts = new ArrayList<String>();
    try (Connection operator = Nats.connect(nats.url())) {
      var management = operator.jetStreamManagement();
      if (management.getStreamNames().contains("ECHO")) {
        long last = management.getStreamInfo("ECHO").getStreamState().getLastSequence();
        for (long i = 1; i <= last; i++) {
          var data = Objects.requireNonNull(management.getMessage("ECHO", i).getData(), "data");
          texts.add(Echoed.parseFrom(data).getText());
        }
      }
    }
    return texts;
  }

  private void awaitEvents(List<String> wanted) {
    Await.untilSeen(BOUND, "events", this::events, wanted::equals);
  }

  private void awaitEmptyOutbox() {
    Await.untilSeen(BOUND, "pending changes", outbox::size, size -> size == 0);
  }

  /** The values of each key, in the order of their events. */
  private Map<String, List<String>> eventsByKey() throws Exception {
    return events().stream()
        .map(text -> text.split("=", 2))
        .collect(
            Collectors.groupingBy(
                event -> event[0],
                LinkedHashMap::new,
                Collectors.mapping(event -> event[1], Collectors.toList())));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void publishesEachChangeOnceAndInTheOrderOfItsKeyWithSeveralInstances() throws Exception {
    var first = instance();
    var second = instance();
    instance();

    for (int i = 1; i <= 50; i++) {
      for (int key = 0; key < 5; key++) {
        (i % 2 == 0 ? first : second).put("key/" + key, text(Integer.toString(i)));
      }
    }
    awaitEmptyOutbox();

    assertThat(eventsByKey())
        .hasSize(5)
        .allSatisfy((key, values) -> assertThat(values).as(key).isEqualTo(numbers(1, 50)));
  }

  @Test
  void tellsDeletionsAndLeavesOutWhatIsNoEvent() throws Exception {
    var store = instance();

    store.put("a", text("1"));
    store.put("a", text("quiet"));
    store.delete("a");
    store.delete("a"); // nothing there: no change
    store.put("a", text("2"));

    awaitEvents(List.of("a=1", "a=gone", "a=2"));
  }

  /** Whatever it had written, published or removed at that moment. */
  @Test
  void agreesWithTheStoreHoweverOftenTheWriterIsKilled() throws Exception {
    var environment =
        Map.of(
            "NATS_URL",
            nats.url(),
            "REDIS_URL",
            redis.url(),
            "HEALTH_HOST",
            "127.0.0.1",
            "HEALTH_PORT",
            "0");
    for (int round = 1; round <= 4; round++) {
      int least = 100 * round;
      try (var writer = JavaProgram.start(FedWriter.class, environment)) {
        Await.until(BOUND, least + " events", () -> events().size() >= least);
        writer.kill().awaitEnd();
      }
    }

    var store = instance();
    awaitEmptyOutbox();

    var byKey = eventsByKey();
    for (Versioned<StringValue> document : store.list("")) {
      int last = Integer.parseInt(document.value().getValue());
      assertThat(byKey.get(document.key())).as(document.key()).isEqualTo(numbers(1, last));
    }
  }

  @Test
  void keepsChangesWhileJetStreamIsAway() throws Exception {
    var store = instance();
    store.put("a", text("1"));
    awaitEvents(List.of("a=1"));
    nats.kill();

    store.put("a", text("2"));
    store.put("a", text("3"));
    assertThat(outbox.size()).isEqualTo(2);
    nats.restart();

    awaitEvents(List.of("a=1", "a=2", "a=3"));
    awaitEmptyOutbox();
  }

  @Test
  void refusesWritesWhenTooManyChangesWait() throws Exception {
    var store = instance(config().redisOutboxLimit(64).build());
    nats.kill();
    store.put("a", text("1"));
    store.put("a", text("2"));

    var refusal =
        catchThrowableOfType(ServiceException.class, () -> store.put("a", text("too many")));

    assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(refusal.mayHaveExecuted()).isFalse();
    assertThat(store.get("a").orElseThrow().value()).isEqualTo(text("2"));
    nats.restart();
    awaitEvents(List.of("a=1", "a=2"));
    store.put("a", text("3"));
    awaitEvents(List.of("a=1", "a=2", "a=3"));
  }

  /** By the chain alone: JetStream forgets ids after a while, and these it does not know at all. */
  @Test
  void doesNotPublishAgainWhatADeadRelayHadPublishedAndNotRemoved() throws Exception {
    var writer =
        stores.openWithOutbox(
            FedWriter.STORE, StringValue.getDefaultInstance(), FedWriter.LIFE, 1000);
    for (String number : numbers(1, 4)) {
      writer.put("a", text(number));
    }
    var changes = outbox.pending(10).getFirst();
    try (var bus = EventBus.withStream(nats.url())) {
      var publisher = new StreamPublisher(bus.streams(), BOUND, 10);
      var chain = new FeedChain(FedWriter.STORE, FedWriter.FEED, publisher, new EventSubjects());
      chain.look();
      for (int i = 0; i < 3; i++) {
        var place =
            "fed:%d:%s:%s"
                .formatted(
                    changes.getFirst().partition(), changes.getFirst().id(), changes.get(i).id());
        var event = Echoed.newBuilder().setText("a=" + (i + 1)).build();
        chain.publish(event, "unknown-" + i, Map.of("Bb-Outbox-Place", place));
      }
      chain.flush();
    }

    instance();
    awaitEmptyOutbox();

    assertThat(events()).containsExactly("a=1", "a=2", "a=3", "a=4");
  }

  @Test
  void tellsHowManyChangesWaitAndForHowLong() throws Exception {
    var store = instance();
    nats.kill();
    store.put("a", text("1"));

    var host = hosts.getFirst();
    Await.untilSeen(
        BOUND,
        "metrics",
        () -> metrics(host),
        text ->
            text.contains("outbox_pending_changes{store=\"fed\"} 1")
                && !text.contains("outbox_oldest_change_seconds{store=\"fed\"} 0\n"));
    nats.restart();
    Await.untilSeen(
        BOUND,
        "metrics",
        () -> metrics(host),
        text -> text.contains("outbox_pending_changes{store=\"fed\"} 0"));
  }

  private static String metrics(ServiceHost host) throws Exception {
    try (var client = java.net.http.HttpClient.newHttpClient()) {
      var uri = java.net.URI.create("http://127.0.0.1:" + host.healthPort() + "/metrics");
      return client
          .send(
              java.net.http.HttpRequest.newBuilder(uri).build(),
              java.net.http.HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
