package io.bodybroker.sdk.store;

import static io.bodybroker.sdk.store.StoreFixture.assertFails;
import static io.bodybroker.sdk.store.StoreFixture.inParallel;
import static io.bodybroker.sdk.store.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.bodybroker.sdk.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On one redis-server and on a cluster of three alike. */
class OutboxTest {
  private static final Duration LIFE = Duration.ofMinutes(1);
  private static final Duration TERM = Duration.ofMinutes(1);

  private static FastFixture single;
  private static RedisCluster cluster;
  private static FastStores clusterStores;

  private final String name = FastFixture.freshName() + "-" + System.nanoTime();

  @BeforeAll
  static void start() {
    single = new FastFixture();
    cluster = RedisCluster.start();
    clusterStores = new FastStores(cluster.url(), true, Duration.ofSeconds(2), 8);
  }

  @AfterAll
  static void stop() {
    clusterStores.close();
    cluster.close();
    single.close();
  }

  static Stream<FastStores> servers() {
    return Stream.of(single.stores(), clusterStores);
  }

  private Store<StringValue> store(FastStores stores, int maxPending) {
    return stores.openWithOutbox(name, StringValue.getDefaultInstance(), LIFE, maxPending);
  }

  private Outbox<StringValue> outbox(FastStores stores) {
    return stores.outbox(name, StringValue.getDefaultInstance());
  }

  private static List<Change<StringValue>> changes(Outbox<StringValue> outbox) {
    return outbox.pending(1000).stream()
        .flatMap(List::stream)
        .<Change<StringValue>>map(Outbox.Pending::change)
        .toList();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void holdsEachChangeOfAKeyInItsOrder(FastStores stores) {
    var store = store(stores, 1000);
    long first = store.create("a", text("1"));
    long second = store.compareAndSet("a", text("2"), first);
    assertFails(() -> store.compareAndSet("a", text("lost"), first), ErrorCode.ABORTED);
    store.delete("a");
    store.update("a", old -> text("3"));

    var changes = changes(outbox(stores));

    assertThat(changes).hasSize(4);
    assertThat(changes.subList(0, 2))
        .containsExactly(
            new Change.Put<>("a", text("1"), first), new Change.Put<>("a", text("2"), second));
    assertThat(changes.get(2)).isInstanceOf(Change.Deleted.class);
    assertThat(((Change.Put<StringValue>) changes.get(3)).value()).isEqualTo(text("3"));
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void holdsOneChangeForEachWriteHoweverManyWriteAtOnce(FastStores stores) throws Exception {
    var store = store(stores, 100_000);

    inParallel(
        8,
        number -> {
          for (int i = 0; i < 25; i++) {
            store.update("key/" + i, old -> text(old.map(StringValue::getValue).orElse("") + "x"));
          }
        });

    var outbox = outbox(stores);
    assertThat(outbox.size()).isEqualTo(200);
    assertThat(store.list("key/"))
        .hasSize(25)
        .allSatisfy(document -> assertThat(document.value().getValue()).hasSize(8));
    for (var partition : outbox.pending(1000)) {
      outbox.remove(partition);
    }
    assertThat(outbox.size()).isZero();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void refusesWhatThereIsNoRoomForAndWritesNothing(FastStores stores) {
    var store = store(stores, 2 * FastNames.PARTITIONS);
    store.put("a", text("1"));
    store.put("a", text("2"));

    var refusal = assertFails(() -> store.put("a", text("3")), ErrorCode.RESOURCE_EXHAUSTED);

    assertThat(refusal.message()).contains("not published yet");
    assertThat(store.get("a").orElseThrow().value()).isEqualTo(text("2"));
    assertThat(outbox(stores).size()).isEqualTo(2);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void keepsTheChangeOfADocumentThatHasExpired(FastStores stores) {
    var store =
        stores.openWithOutbox(name, StringValue.getDefaultInstance(), Duration.ofMillis(1), 1000);
    store.put("a", text("1"));

    io.bodybroker.testkit.Await.until(
        Duration.ofSeconds(5), "the document to expire", () -> store.get("a").isEmpty());

    assertThat(changes(outbox(stores))).hasSize(1);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void leasesTheRelayToOne(FastStores stores) {
    var outbox = outbox(stores);

    assertThat(outbox.lease("one", TERM)).isTrue();
    assertThat(outbox.lease("other", TERM)).isFalse();
    outbox.release("other"); // has nothing to give back
    assertThat(outbox.lease("one", TERM)).isTrue();
    outbox.release("one");
    assertThat(outbox.lease("other", TERM)).isTrue();
  }
}
