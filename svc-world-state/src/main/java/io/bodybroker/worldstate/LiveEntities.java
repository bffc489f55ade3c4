package io.bodybroker.worldstate;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.LatestValue;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.Entity;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The entities as one watch of the store tells them, a moment late, in the order in which they were
 * written last; and those who wait for the next: any number, at the cost of that one watch.
 *
 * <p>What was told up to a version is all there is up to it, since the watch keeps the order of the
 * store. Nothing waits here for a reader that is slow: it comes back for what was written after the
 * last that it had, and finds each entity once, as it is by then.
 *
 * <p>Thread-safe; told by one thread.
 */
final class LiveEntities {
  private final Map<String, World> worlds = new ConcurrentHashMap<>();
  private volatile long told;

  /** Those of one world. */
  private static final class World {
    private final ConcurrentNavigableMap<Long, Versioned<StoredEntity>> byVersion =
        new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, Versioned<StoredEntity>> byId =
        new ConcurrentSkipListMap<>();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    /** Of those by id, which count themselves anew each time. */
    private final AtomicInteger count = new AtomicInteger();

    /** The version that was seen in the store; none, and so nothing is known to be complete. */
    private volatile long expected = Long.MAX_VALUE;

    private boolean isUnused() {
      return byId.isEmpty() && followers.isEmpty();
    }
  }

  /** Waits for what is written in one world. */
  final class Follower implements AutoCloseable {
    private final String worldId;
    private final LatestValue<Boolean> news = new LatestValue<>();
    private volatile boolean isOver;

    private Follower(String worldId) {
      this.worldId = worldId;
    }

    /**
     * Waits until something was written.
     *
     * @throws ServiceException {@code UNAVAILABLE} if the store was made anew meanwhile
     */
    void await() throws InterruptedException {
      var unused = news.take();
      if (isOver) {
        throw ServiceException.of(ErrorCode.UNAVAILABLE, "the store of entities was made anew");
      }
    }

    /** What was written after a version, and is not superseded, in order. */
    Collection<Versioned<StoredEntity>> after(long version) {
      var world = worlds.get(worldId);
      return world == null ? Set.of() : world.byVersion.tailMap(version, false).values();
    }

    @Override
    public void close() {
      worlds.computeIfPresent(
          worldId,
          (id, world) -> {
            world.followers.remove(this);
            return world.isUnused() ? null : world;
          });
    }
  }

  /** Takes note of a change. */
  void tell(Change<StoredEntity> change) {
    if (change.version() < told) {
      beginAnew();
    }
    String worldId = EntityKey.world(change.key());
    worlds.compute(
        worldId,
        (id, present) -> {
          var world = present == null ? new World() : present;
          apply(change, world);
          return world.isUnused() ? null : world;
        });
    told = change.version();
  }

  private static void apply(Change<StoredEntity> change, World world) {
    switch (change) {
      case Change.Put<StoredEntity> put -> {
        var versioned = new Versioned<>(put.key(), kept(put.value()), put.version());
        world.byVersion.put(put.version(), versioned);
        var before = world.byId.put(put.key(), versioned);
        if (before == null) {
          world.count.incrementAndGet();
        } else {
          world.byVersion.remove(before.version());
        }
      }
      case Change.Deleted<StoredEntity> deleted -> {
        var before = world.byId.remove(deleted.key());
        if (before != null) {
          world.count.decrementAndGet();
          world.byVersion.remove(before.version());
        }
      }
    }
    world.followers.forEach(follower -> follower.news.set(true));
  }

  /** Of one that was deleted, that it was. */
  private static StoredEntity kept(StoredEntity stored) {
    if (!stored.getDeleted()) {
      return stored;
    }
    var entity =
        Entity.newBuilder()
            .setEntityId(stored.getEntity().getEntityId())
            .setVersion(stored.getEntity().getVersion());
    return StoredEntity.newBuilder().setEntity(entity).setDeleted(true).build();
  }

  /** How many entities of a world are known, with those that were deleted. */
  int count(String worldId) {
    var world = worlds.get(worldId);
    return world == null ? 0 : world.count.get();
  }

  /** A store that counts from 1 again is another one. */
  private void beginAnew() {
    for (World world : worlds.values()) {
      world.byVersion.clear();
      world.byId.clear();
      world.count.set(0);
      world.expected = Long.MAX_VALUE;
      for (Follower follower : world.followers) {
        follower.isOver = true;
        follower.news.set(true);
      }
    }
  }

  /** Follows a world, whether there is anything in it or not. */
  Follower follow(String worldId) {
    var follower = new Follower(worldId);
    worlds.compute(
        worldId,
        (id, present) -> {
          var world = present == null ? new World() : present;
          world.followers.add(follower);
          return world;
        });
    // What came in between is found when it looks for the first time.
    follower.news.set(true);
    return follower;
  }

  /**
   * Somebody saw this version in the store: once it was told of that, what is known of the world is
   * complete. Before the first such word it may just have begun to be told.
   */
  void expect(String worldId, long version) {
    var world = worlds.get(worldId);
    if (world != null && world.expected == Long.MAX_VALUE) {
      world.expected = version;
    }
  }

  /**
   * All entities of a world by id, deleted ones too, if that is all there were at a version or
   * later; empty if it may not be.
   */
  Optional<Collection<StoredEntity>> byId(String worldId, long minVersion) {
    var world = worlds.get(worldId);
    if (world == null || told < Math.max(world.expected, minVersion)) {
      return Optional.empty();
    }
    return Optional.of(
        Collections.unmodifiableCollection(
            world.byId.values().stream().map(Versioned::value).toList()));
  }
}
