package io.bodybroker.sdk.store;

import static io.bodybroker.sdk.store.StoreFixture.TIMEOUT;
import static io.bodybroker.sdk.store.StoreFixture.assertFails;
import static io.bodybroker.sdk.store.StoreFixture.filled;
import static io.bodybroker.sdk.store.StoreFixture.inParallel;
import static io.bodybroker.sdk.store.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every store does when its server dies, stops or comes back. Each test begins and ends with a
 * server that is well.
 */
abstract class OutageContract {
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private final StoreFixture fixture;
  private final Store<StringValue> store;

  OutageContract(StoreFixture fixture) {
    this.fixture = fixture;
    this.store = fixture.open(StringValue.getDefaultInstance());
  }

  @AfterEach
  void awaitRecovery() {
    Await.until(
        RECOVERY, "the store to work again", () -> works(() -> store.put("probe", text("x"))));
  }

  private static boolean works(Runnable operation) {
    try {
      operation.run();
      return true;
    } catch (ServiceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      return false;
    }
  }

  @Test
  void answersUnavailableAtOnceWhenTheServerIsDeadAndWorksAgainWhenItIsBack() {
    long version = store.put("a", text("1"));
    fixture.kill();
    Await.until(RECOVERY, "the connection to be seen lost", () -> !works(() -> store.get("a")));
    for (ThrowingCallable operation : operations(version)) {
      long start = System.nanoTime();
      var error = assertFails(operation, ErrorCode.UNAVAILABLE);
      assertThat(error.mayHaveExecuted()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    }
    fixture.restart();
    Await.until(RECOVERY, "the document to be there again", () -> works(() -> store.get("a")));
    assertThat(store.get("a")).contains(new Versioned<>("a", text("1"), version));
  }

  @Test
  void answersUnavailableInTimeWhenTheServerHangs() {
    long version = store.put("a", text("1"));
    fixture.pause();
    try {
      for (ThrowingCallable operation : operations(version)) {
        long start = System.nanoTime();
        assertFails(operation, ErrorCode.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(3));
      }
      assertThat(
              assertFails(() -> store.put("a", text("2")), ErrorCode.UNAVAILABLE).mayHaveExecuted())
          .isTrue();
    } finally {
      fixture.resume();
    }
  }

  private List<ThrowingCallable> operations(long version) {
    return List.of(
        () -> store.get("a"),
        () -> store.create("b", text("2")),
        () -> store.put("b", text("2")),
        () -> store.compareAndSet("a", text("2"), version),
        () -> store.update("b", old -> text("2")),
        () -> store.delete("a"),
        () -> store.delete("a", version),
        () -> store.list(""));
  }

  @Test
  void watchesOnAcrossARestart() {
    filled(store, "stays", "changes", "goes");
    var changes = new RecordedChanges();
    try (var watch = store.watch("", changes)) {
      assertThat(watch).isNotNull();
      Await.until(RECOVERY, "the watch to begin", () -> changes.picture().size() == 3);
      fixture.kill();
      fixture.restart();
      Await.until(
          RECOVERY, "writing again", () -> works(() -> store.put("changes", text("changed"))));
      store.delete("goes");
      store.put("comes", text("new"));
      changes.awaitPicture(Map.of("stays", "value of stays", "changes", "changed", "comes", "new"));
      changes.awaitDeleted("goes");
      changes.assertOrderedPerKey();
    }
  }

  @Test
  void beginsToWatchWhenTheServerComes() {
    filled(store, "a");
    fixture.kill();
    var changes = new RecordedChanges();
    try (var watch = store.watch("", changes)) {
      assertThat(watch).isNotNull();
      fixture.restart();
      changes.awaitPicture(Map.of("a", "value of a"));
    }
  }

  @Test
  void opensAStoreWhileTheServerIsAway() {
    fixture.kill();
    var opened = fixture.open(StringValue.getDefaultInstance());
    assertFails(() -> opened.get("a"), ErrorCode.UNAVAILABLE);
    fixture.restart();
    Await.until(RECOVERY, "the new store to work", () -> works(() -> opened.put("a", text("1"))));
    assertThat(opened.get("a").map(Versioned::value)).contains(text("1"));
  }

  /**
   * No update that was told as done is lost, none is done twice; those that failed openly may have
   * been done or not.
   */
  @Test
  void updatesExactlyOnceAcrossAKill() throws Exception {
    var counters = fixture.open(Int64Value.getDefaultInstance());
    counters.put("n", Int64Value.of(0));
    var done = new AtomicLong();
    var unknown = new AtomicLong();
    var stop = new AtomicBoolean();
    inParallel(
        9,
        number -> {
          if (number > 0) {
            count(counters, done, unknown, stop);
            return;
          }
          try {
            for (int round = 0; round < 3; round++) {
              awaitFiftyMore(done);
              fixture.kill();
              fixture.restart();
            }
            awaitFiftyMore(done);
          } finally {
            stop.set(true);
          }
        });
    long counted = counters.get("n").orElseThrow().value().getValue();
    assertThat(counted)
        .as("%d done, %d unknown", done.get(), unknown.get())
        .isBetween(done.get(), done.get() + unknown.get());
  }

  private static void awaitFiftyMore(AtomicLong done) {
    long before = done.get();
    Await.until(RECOVERY, "updates to go on", () -> done.get() > before + 50);
  }

  private static void count(
      Store<Int64Value> counters, AtomicLong done, AtomicLong unknown, AtomicBoolean stop) {
    while (!stop.get()) {
      try {
        counters.update("n", old -> Int64Value.of(old.orElseThrow().getValue() + 1));
        done.incrementAndGet();
      } catch (ServiceException e) {
        if (e.mayHaveExecuted()) {
          unknown.incrementAndGet();
        }
      }
    }
  }
}
