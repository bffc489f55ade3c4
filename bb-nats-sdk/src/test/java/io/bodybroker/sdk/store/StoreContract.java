package io.bodybroker.sdk.store;

import static io.bodybroker.sdk.store.StoreFixture.assertFails;
import static io.bodybroker.sdk.store.StoreFixture.filled;
import static io.bodybroker.sdk.store.StoreFixture.inParallel;
import static io.bodybroker.sdk.store.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Store} does, whatever is behind it. Each test has a store of its own. */
abstract class StoreContract {
  private final StoreFixture fixture;
  private final Store<StringValue> store;

  StoreContract(StoreFixture fixture) {
    this.fixture = fixture;
    this.store = fixture.open(StringValue.getDefaultInstance());
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(store.get("a")).isEmpty();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void givesBackWhatWasPut() {
    long version = store.put("zones/north", text("rain"));
    assertThat(store.get("zones/north"))
        .contains(new Versioned<>("zones/north", text("rain"), version));
  }

  @Test
  void keepsDocumentsWithoutContent() {
    store.put("empty", StringValue.getDefaultInstance());
    assertThat(store.get("empty").map(Versioned::value)).contains(StringValue.getDefaultInstance());
    assertThat(store.list("")).hasSize(1);
  }

  @Test
  void takesAnyCharacterInKeys() {
    var keys =
        List.of(
            "a b",
            "*",
            ">",
            "a.b",
            "=3D",
            "äöü/漢字",
            "tab\there",
            "{tag}/x",
            "[a]?\\",
            "%",
            "\uD83D\uDE00",
            "x".repeat(200));
    keys.forEach(key -> store.create(key, text(key)));
    assertThat(keys)
        .allSatisfy(key -> assertThat(store.get(key).orElseThrow().value()).isEqualTo(text(key)));
    assertThat(store.list("").stream().map(Versioned::key))
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void refusesKeysThatAreNone() {
    assertFails(() -> store.get(""), ErrorCode.INVALID_ARGUMENT);
    assertFails(() -> store.put("a//b", text("x")), ErrorCode.INVALID_ARGUMENT);
    assertFails(() -> store.list("a"), ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void raisesTheVersionWithEveryWrite() {
    long first = store.create("a", text("1"));
    long second = store.put("a", text("2"));
    long third = store.compareAndSet("a", text("3"), second);
    assertThat(first).isPositive();
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void createsOnlyWhatIsNotThere() {
    long version = store.create("a", text("first"));
    assertFails(() -> store.create("a", text("second")), ErrorCode.ALREADY_EXISTS);
    assertThat(store.get("a")).contains(new Versioned<>("a", text("first"), version));
  }

  @Test
  void createsAgainAfterDeletion() {
    long before = store.create("a", text("first"));
    store.delete("a");
    assertThat(store.create("a", text("second"))).isGreaterThan(before);
    assertThat(store.get("a").map(Versioned::value)).contains(text("second"));
    assertFails(() -> store.create("a", text("third")), ErrorCode.ALREADY_EXISTS);
  }

  @Test
  void setsOnlyTheVersionThatWasRead() {
    long old = store.create("a", text("1"));
    long now = store.put("a", text("2"));
    assertFails(() -> store.compareAndSet("a", text("3"), old), ErrorCode.ABORTED);
    assertFails(() -> store.compareAndSet("b", text("3"), now), ErrorCode.ABORTED);
    assertFails(() -> store.compareAndSet("b", text("3"), 0), ErrorCode.ABORTED);
    assertThat(store.get("a")).contains(new Versioned<>("a", text("2"), now));
    assertThat(store.get("b")).isEmpty();
  }

  @Test
  void refusesToSetWhatWasDeleted() {
    long version = store.create("a", text("1"));
    store.delete("a");
    assertFails(() -> store.compareAndSet("a", text("2"), version), ErrorCode.ABORTED);
    assertThat(store.get("a")).isEmpty();
  }

  @Test
  void deletesWhateverIsThere() {
    filled(store, "a");
    store.delete("a");
    store.delete("a");
    store.delete("never");
    assertThat(store.get("a")).isEmpty();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void deletesOnlyTheVersionThatWasRead() {
    long old = store.create("a", text("1"));
    long now = store.put("a", text("2"));
    assertFails(() -> store.delete("a", old), ErrorCode.ABORTED);
    assertThat(store.get("a")).isPresent();
    store.delete("a", now);
    assertThat(store.get("a")).isEmpty();
    assertFails(() -> store.delete("a", now), ErrorCode.ABORTED);
    assertFails(() -> store.delete("never", 1), ErrorCode.ABORTED);
  }

  @Test
  void listsByPrefixInTheOrderOfKeys() {
    filled(store, "b/2", "a", "b/1", "bb/1", "b/1/x", "c/1");
    store.delete("c/1");
    assertThat(store.list("").stream().map(Versioned::key))
        .containsExactly("a", "b/1", "b/1/x", "b/2", "bb/1");
    assertThat(store.list("b/").stream().map(Versioned::key))
        .containsExactly("b/1", "b/1/x", "b/2");
    assertThat(store.list("b/1/")).containsExactly(store.get("b/1/x").orElseThrow());
    assertThat(store.list("c/")).isEmpty();
  }

  @Test
  void listsManyDocumentsCompletely() {
    var keys =
        IntStream.range(0, 2500).mapToObj(i -> String.format("k/%04d", i)).toArray(String[]::new);
    filled(store, keys);
    assertThat(store.list("k/").stream().map(Versioned::key)).containsExactly(keys);
  }

  @Test
  void listsEveryDocumentWhileOthersRewriteThem() throws Exception {
    var keys = IntStream.range(0, 50).mapToObj(i -> "k" + i).toArray(String[]::new);
    filled(store, keys);
    var stop = new AtomicBoolean();
    inParallel(
        2,
        number -> {
          if (number > 0) {
            while (!stop.get()) {
              filled(store, keys);
            }
            return;
          }
          try {
            for (int round = 0; round < 50; round++) {
              assertThat(store.list("")).hasSize(50);
            }
          } finally {
            stop.set(true);
          }
        });
  }

  @Test
  void updatesFromWhatIsThere() {
    var made = store.update("a", old -> text(old.map(StringValue::getValue).orElse("nothing")));
    assertThat(made.value()).isEqualTo(text("nothing"));
    var changed = store.update("a", old -> text(old.orElseThrow().getValue() + ", then more"));
    assertThat(changed.value()).isEqualTo(text("nothing, then more"));
    assertThat(store.get("a")).contains(changed);
  }

  @Test
  void updatesAfterDeletionAsIfNothingHadBeenThere() {
    filled(store, "a");
    store.delete("a");
    store.update("a", old -> text("was there: " + old.isPresent()));
    assertThat(store.get("a").map(Versioned::value)).contains(text("was there: false"));
  }

  @Test
  void writesNothingWhenTheUpdateReturnsWhatItGot() {
    long version = store.create("a", text("1"));
    assertThat(store.update("a", Optional::orElseThrow))
        .isEqualTo(new Versioned<>("a", text("1"), version));
    assertThat(store.get("a").orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void throwsOnWhatTheUpdateThrewAndWritesNothing() {
    long version = store.create("a", text("1"));
    assertThatThrownBy(() ->
            store.update(
                "a",
                old -> {
                  throw new IllegalStateException("no");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
    assertThat(store.get("a").orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void losesNoIncrementOfFiftyWritersOfOneKey() throws Exception {
    var counters = fixture.open(Int64Value.getDefaultInstance());
    inParallel(
        50,
        writer -> {
          for (int i = 0; i < 20; i++) {
            counters.update(
                "n", old -> Int64Value.of(old.map(Int64Value::getValue).orElse(0L) + 1));
          }
        });
    assertThat(counters.get("n").orElseThrow().value().getValue()).isEqualTo(1000);
  }

  @Test
  void letsOneOfManyCreate() throws Exception {
    filled(store, "a");
    store.delete("a");
    var won = new AtomicInteger();
    inParallel(
        20,
        writer -> {
          try {
            store.create("a", text("by " + writer));
            won.incrementAndGet();
          } catch (ServiceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
          }
        });
    assertThat(won).hasValue(1);
  }
}
