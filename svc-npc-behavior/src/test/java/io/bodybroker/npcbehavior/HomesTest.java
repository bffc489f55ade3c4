package io.bodybroker.npcbehavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.npcbehavior.state.v1.StoredHome;
import io.bodybroker.npcbehavior.state.v1.StoredNpc;
import io.bodybroker.npcbehavior.v1.GetNpcRequest;
import io.bodybroker.npcbehavior.v1.Preset;
import io.bodybroker.npcbehavior.v1.PutPersonalityRequest;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.store.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HomesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final int ROUNDS = 200;

  private final Store<StoredNpc> npcs = MemoryStores.open(StoredNpc.getDefaultInstance());
  private final AtomicReference<Runnable> beforeDelete = new AtomicReference<>(HomesTest::nothing);
  private final Homes homes = new Homes(new Interrupted());
  private final NpcBehavior behavior = new NpcBehavior(new Npcs(npcs), homes, () -> NOW);

  private static void nothing() {}

  /** Lets something happen before it deletes. */
  private final class Interrupted implements Store<StoredHome> {
    private final Store<StoredHome> store = MemoryStores.open(StoredHome.getDefaultInstance());

    @Override
    public Optional<Versioned<StoredHome>> get(String key) {
      return store.get(key);
    }

    @Override
    public Optional<Versioned<StoredHome>> get(String key, Predicate<? super StoredHome> isEnough) {
      return store.get(key, isEnough);
    }

    @Override
    public long create(String key, StoredHome value) {
      return store.create(key, value);
    }

    @Override
    public long put(String key, StoredHome value) {
      return store.put(key, value);
    }

    @Override
    public long compareAndSet(String key, StoredHome value, long expectedVersion) {
      return store.compareAndSet(key, value, expectedVersion);
    }

    @Override
    public Versioned<StoredHome> update(
        String key, Function<Optional<StoredHome>, StoredHome> change) {
      return store.update(key, change);
    }

    @Override
    public void delete(String key) {
      beforeDelete.getAndSet(HomesTest::nothing).run();
      store.delete(key);
    }

    @Override
    public void delete(String key, long expectedVersion) {
      store.delete(key, expectedVersion);
    }

    @Override
    public List<Versioned<StoredHome>> list(String prefix) {
      return store.list(prefix);
    }

    @Override
    public Watch watch(String prefix, Consumer<Change<StoredHome>> listener) {
      return store.watch(prefix, listener);
    }

    @Override
    public Watch watchKey(String key, Consumer<Change<StoredHome>> listener) {
      return store.watchKey(key, listener);
    }
  }

  private static CallContext call() {
    return CallContext.of(CallMetadata.empty(), Duration.ofSeconds(2));
  }

  private void move(String zone) {
    behavior.putPersonality(
        PutPersonalityRequest.newBuilder()
            .setNpcId("guard")
            .setPreset(Preset.GUARD)
            .setWorldId("veridian")
            .setZoneId(zone)
            .build(),
        call());
  }

  private String home() {
    return behavior
        .getNpc(GetNpcRequest.newBuilder().setNpcId("guard").build(), call())
        .getNpc()
        .getPersonality()
        .getZoneId();
  }

  @Test
  void findWhoMovedBackWhileBeingMovedOut() {
    move("docks");
    beforeDelete.set(() -> CompletableFuture.runAsync(() -> move("docks")).join());

    move("market");

    assertThat(home()).isEqualTo("docks");
    assertThat(homes.residents("veridian", "docks")).containsExactly("guard");
  }

  @Test
  void findWhoIsMovedByTwoAtOnce() {
    for (int round = 0; round < ROUNDS; round++) {
      var first = new Random(2L * round);
      var second = new Random(2L * round + 1);
      var other = CompletableFuture.runAsync(() -> moveAbout(first));
      moveAbout(second);
      other.join();

      assertThat(homes.residents("veridian", home())).as("round %d", round).contains("guard");
    }
  }

  private void moveAbout(Random random) {
    for (int i = 0; i < 5; i++) {
      move(random.nextBoolean() ? "docks" : "market");
    }
  }
}
