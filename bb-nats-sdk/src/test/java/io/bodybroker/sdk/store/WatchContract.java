package io.bodybroker.sdk.store;

import static io.bodybroker.sdk.store.StoreFixture.filled;
import static io.bodybroker.sdk.store.StoreFixture.inParallel;
import static io.bodybroker.sdk.store.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What every watch does while the server is well. */
abstract class WatchContract {
  private final Store<StringValue> store;
  private final RecordedChanges changes = new RecordedChanges();

  WatchContract(StoreFixture fixture) {
    this.store = fixture.open(StringValue.getDefaultInstance());
  }

  @Test
  void beginsWithWhatIsThere() {
    filled(store, "a", "b/1", "gone");
    store.delete("gone");
    try (var watch = store.watch("", changes)) {
      assertThat(watch).isNotNull();
      changes.awaitPicture(Map.of("a", "value of a", "b/1", "value of b/1"));
      assertThat(changes.all()).hasSize(2).allMatch(change -> change instanceof Change.Put);
    }
  }

  @Test
  void tellsEachKindOfWrite() {
    try (var watch = store.watch("", changes)) {
      assertThat(watch).isNotNull();
      filled(store, "sign");
      changes.awaitPicture(Map.of("sign", "value of sign"));
      long version = store.create("a", text("1"));
      store.compareAndSet("a", text("2"), version);
      store.update("b", old -> text("3"));
      changes.awaitPicture(Map.of("sign", "value of sign", "a", "2", "b", "3"));
      store.delete("b");
      changes.awaitDeleted("b");
      changes.awaitPicture(Map.of("sign", "value of sign", "a", "2"));
      changes.assertOrderedPerKey();
    }
  }

  @Test
  void tellsTheVersionsThatWriterAndReaderSee() {
    try (var watch = store.watch("", changes)) {
      assertThat(watch).isNotNull();
      long version = store.put("a", text("1"));
      changes.awaitPicture(Map.of("a", "1"));
      assertThat(changes.all()).containsExactly(new Change.Put<>("a", text("1"), version));
    }
  }

  @Test
  void keepsToItsPrefix() {
    filled(store, "a/1", "b/1");
    try (var watch = store.watch("a/", changes)) {
      assertThat(watch).isNotNull();
      changes.awaitPicture(Map.of("a/1", "value of a/1"));
      filled(store, "b/2", "aa", "a/2");
      changes.awaitPicture(Map.of("a/1", "value of a/1", "a/2", "value of a/2"));
      assertThat(changes.all().stream().map(Change::key)).containsExactly("a/1", "a/2");
    }
  }

  @Test
  void keepsToItsKey() {
    filled(store, "a", "a/1", "aa");
    try (var watch = store.watchKey("a", changes)) {
      assertThat(watch).isNotNull();
      changes.awaitPicture(Map.of("a", "value of a"));
      filled(store, "a/2", "aa", "b");
      store.delete("a/1");
      store.put("a", text("2"));
      changes.awaitPicture(Map.of("a", "2"));
      store.delete("a");
      changes.awaitDeleted("a");
      assertThat(changes.all().stream().map(Change::key)).containsOnly("a");
    }
  }

  @Test
  void waitsForAKeyThatIsNotThere() {
    try (var watch = store.watchKey("later", changes)) {
      assertThat(watch).isNotNull();
      filled(store, "other", "later");
      changes.awaitPicture(Map.of("later", "value of later"));
    }
  }

  @Test
  void goesOnAfterItsListenerFailed() {
    try (var watch =
        store.watch(
            "",
            change -> {
              changes.accept(change);
              throw new IllegalStateException("listener fails on purpose");
            })) {
      assertThat(watch).isNotNull();
      filled(store, "a");
      changes.awaitPicture(Map.of("a", "value of a"));
      filled(store, "b");
      changes.awaitPicture(Map.of("a", "value of a", "b", "value of b"));
    }
  }

  @Test
  void tellsNothingAfterItWasClosed() {
    var watch = store.watch("", changes);
    filled(store, "a");
    changes.awaitPicture(Map.of("a", "value of a"));
    watch.close();
    watch.close();
    filled(store, "b");
    var second = new RecordedChanges();
    try (var other = store.watch("", second)) {
      assertThat(other).isNotNull();
      second.awaitPicture(Map.of("a", "value of a", "b", "value of b"));
    }
    assertThat(changes.picture()).containsOnlyKeys("a");
  }

  @Test
  void mayBeClosedByItsListener() throws Exception {
    var begun = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    var watches = new Watch[1];
    watches[0] =
        store.watch(
            "",
            change -> {
              awaitQuietly(begun);
              watches[0].close();
              closed.countDown();
            });
    begun.countDown();
    filled(store, "a");
    assertThat(closed.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void endsWithTheLastOfManyRacingWrites() throws Exception {
    try (var watch = store.watch("", changes)) {
      assertThat(watch).isNotNull();
      inParallel(
          10,
          writer -> {
            for (int i = 0; i < 50; i++) {
              store.put("k" + (i % 7), text(writer + "-" + i));
            }
          });
      var expected = new HashMap<String, String>();
      store.list("").forEach(document -> expected.put(document.key(), document.value().getValue()));
      assertThat(expected).hasSize(7);
      changes.awaitPicture(expected);
      changes.assertOrderedPerKey();
    }
  }
}
