package io.bodybroker.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that say what is recent enough, of a store that two processes write to. */
class NearCacheTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Metrics metrics = new Metrics();
  private NatsServer server;
  private Connection connection;
  private DurableStores here;
  private DurableStores there;
  private Store<Int64Value> near;
  private Store<Int64Value> far;

  @BeforeEach
  void open() {
    server = NatsServer.start();
    connection = DurableFixture.connect(server.url());
    here = new DurableStores(() -> connection, 1, StoreFixture.TIMEOUT, metrics);
    there = new DurableStores(() -> connection, 1, StoreFixture.TIMEOUT);
    near = here.open("numbers", Int64Value.getDefaultInstance());
    far = there.open("numbers", Int64Value.getDefaultInstance());
  }

  @AfterEach
  void close() throws Exception {
    here.close();
    there.close();
    connection.close();
    server.close();
  }

  private static Int64Value number(long value) {
    return Int64Value.of(value);
  }

  private long read(String key, long atLeast) {
    return near.get(key, found -> found.getValue() >= atLeast).orElseThrow().value().getValue();
  }

  private long fromMemory() {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith("store_near_reads_total") && line.contains("memory"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Reads until the answer came from memory. */
  private void warmUp(String key) {
    long before = fromMemory();
    Await.until(
        BOUND,
        "an answer from memory",
        () -> {
          read(key, 0);
          return fromMemory() > before;
        });
  }

  @Test
  void answersFromMemoryWhileTheServerCannot() {
    far.put("a", number(1));
    warmUp("a");

    server.pause();
    try {
      assertThat(read("a", 1)).isEqualTo(1);
    } finally {
      server.resume();
    }
  }

  @Test
  void asksTheServerForWhatIsNotEnough() {
    far.put("a", number(1));
    warmUp("a");

    for (long i = 2; i < 200; i++) {
      far.put("a", number(i));
      assertThat(read("a", i)).isEqualTo(i);
    }
    assertThat(near.get("a", found -> false)).map(Versioned::value).contains(number(199));
  }

  @Test
  void hearsWhatOthersWriteAndDelete() {
    far.put("a", number(1));
    warmUp("a");

    far.put("a", number(2));
    Await.untilSeen(BOUND, "the new value", () -> read("a", 0), value -> value == 2);
    far.delete("a");
    Await.untilSeen(BOUND, "no value", () -> near.get("a", found -> true), Optional::isEmpty);
  }

  @Test
  void isEmptyWhileTheServerIsAwayAndFillsAgain() {
    far.put("a", number(1));
    warmUp("a");

    server.kill();
    Await.until(
        BOUND,
        "UNAVAILABLE",
        () -> {
          try {
            read("a", 0);
            return false;
          } catch (ServiceException e) {
            return e.code() == ErrorCode.UNAVAILABLE;
          }
        });
    server.restart();
    Await.until(
        BOUND,
        "an answer",
        () -> catchThrowableOfType(ServiceException.class, () -> far.get("a")) == null);
    warmUp("a");
  }

  /** Each reader passes on what it has seen, and so never goes back, whoever writes meanwhile. */
  @Test
  void neverGoesBackForAReaderThatSaysWhatItHasSeen() throws Exception {
    int keys = 5;
    int writes = 2_000;
    var committed = new ArrayList<AtomicLong>();
    for (int key = 0; key < keys; key++) {
      far.put("k" + key, number(0));
      committed.add(new AtomicLong());
    }
    warmUp("k0");
    var writing = new AtomicInteger(keys);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int key = 0; key < keys; key++) {
        String name = "k" + key;
        var last = committed.get(key);
        all.add(
            threads.submit(() -> {
              for (long i = 1; i <= writes / keys; i++) {
                far.put(name, number(i));
                last.set(i);
              }
              writing.decrementAndGet();
            }));
        for (int reader = 0; reader < 3; reader++) {
          all.add(
              threads.submit(() -> {
                long seen = 0;
                while (writing.get() > 0) {
                  long atLeast = Math.max(seen, last.get());
                  seen = read(name, atLeast);
                  assertThat(seen).isGreaterThanOrEqualTo(atLeast);
                }
              }));
        }
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    for (int key = 0; key < keys; key++) {
      String name = "k" + key;
      Await.untilSeen(
          BOUND, "the last value", () -> read(name, 0), value -> value == writes / keys);
    }
  }

  @Test
  void keepsWhatWasReadLastWithinItsBytes() {
    var reads = new Counted();
    var cache = new NearCache<StringValue>(listener -> () -> {}, reads);
    var mebibyte = StringValue.of("x".repeat(1 << 20));
    read(cache, "first", mebibyte);
    cache.following();
    for (int i = 0; i < 20; i++) {
      read(cache, "k" + i, mebibyte);
    }

    reads.memory.set(0);
    for (int i = 19; i >= 5; i--) {
      read(cache, "k" + i, mebibyte);
    }
    assertThat(reads.memory).as("the last 15 of 16 MiB").hasValue(15);
    read(cache, "k0", mebibyte);
    assertThat(reads.memory).as("the first is gone").hasValue(15);
  }

  /** The order of events that would keep an old document for ever. */
  @Test
  void forgetsADocumentThatChangedWhileItWasRead() {
    var reads = new Counted();
    var cache = new NearCache<StringValue>(listener -> () -> {}, reads);
    read(cache, "a", StringValue.of("any"));
    cache.following();

    var old =
        cache.get(
            "a",
            found -> true,
            () -> {
              cache.changed("a", 2);
              return Optional.of(new Versioned<>("a", StringValue.of("old"), 1));
            });

    assertThat(old).map(Versioned::version).contains(1L);
    read(cache, "a", StringValue.of("new"));
    assertThat(reads.memory).as("answered from memory").hasValue(0);
  }

  @Test
  void keepsWhatItReadWhenItHearsOfThatVersionLater() {
    var reads = new Counted();
    var cache = new NearCache<StringValue>(listener -> () -> {}, reads);
    read(cache, "a", StringValue.of("any"));
    cache.following();
    read(cache, "a", StringValue.of("read"));

    cache.changed("a", 1);
    read(cache, "a", StringValue.of("read"));
    assertThat(reads.memory).hasValue(1);
    cache.changed("a", 2);
    read(cache, "a", StringValue.of("read"));
    assertThat(reads.memory).hasValue(1);
    cache.lost();
    cache.following();
    read(cache, "a", StringValue.of("read"));
    assertThat(reads.memory).hasValue(1);
  }

  private static void read(NearCache<StringValue> cache, String key, StringValue value) {
    assertThat(cache.get(key, found -> true, () -> Optional.of(new Versioned<>(key, value, 1))))
        .isPresent();
  }

  private static final class Counted implements StoreMeters.Reads {
    final AtomicInteger memory = new AtomicInteger();

    @Override
    public void fromMemory() {
      memory.incrementAndGet();
    }

    @Override
    public void fromServer() {}
  }
}
