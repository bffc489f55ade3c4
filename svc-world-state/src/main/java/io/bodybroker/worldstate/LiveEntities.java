package io.bodybroker.worldstate;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.LatestValue;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The entities as one watch of the store tells them, a moment late, in the order in which they were
 * written last; and those who wait for the next: any number, at the cost of that one watch.
 *
 * <p>Nothing waits here for a reader that is slow. It comes back for what was written after the
 * last that it had, and finds each entity once, as it is by then.
 *
 * <p>Thread-safe; told by one thread.
 */
final class LiveEntities {
  private final Map<String, World> worlds = new ConcurrentHashMap<>();
  private long told;

  /** Those of one world. */
  private static final class World {
    private final ConcurrentNavigableMap<Long, Versioned<StoredEntity>> byVersion =
        new ConcurrentSkipListMap<>();
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  }

  /** Waits for what is written in one world. */
  static final class Follower implements AutoCloseable {
    private final World world;
    private final LatestValue<Boolean> news = new LatestValue<>();
    private volatile boolean isOver;

    private Follower(World world) {
      this.world = world;
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
      return world.byVersion.tailMap(version, false).values();
    }

    @Override
    public void close() {
      world.followers.remove(this);
    }
  }

  /** Takes note of a change. */
  void tell(Change<StoredEntity> change) {
    if (change.version() < told) {
      beginAnew();
    }
    told = change.version();
    var world = world(EntityKey.world(change.key()));
    Optional.ofNullable(world.versions.remove(change.key())).ifPresent(world.byVersion::remove);
    if (change instanceof Change.Put<StoredEntity> put) {
      world.versions.put(put.key(), put.version());
      world.byVersion.put(put.version(), new Versioned<>(put.key(), put.value(), put.version()));
    }
    world.followers.forEach(follower -> follower.news.set(true));
  }

  /** A store that counts from 1 again is another one. */
  private void beginAnew() {
    worlds
        .values()
        .forEach(world -> {
          world.byVersion.clear();
          world.versions.clear();
          world.followers.forEach(follower -> {
            follower.isOver = true;
            follower.news.set(true);
          });
        });
  }

  /** Follows a world, whether there is anything in it or not. */
  Follower follow(String worldId) {
    var world = world(worldId);
    var follower = new Follower(world);
    world.followers.add(follower);
    // What came in between is found when it looks for the first time.
    follower.news.set(true);
    return follower;
  }

  private World world(String worldId) {
    return worlds.computeIfAbsent(worldId, unused -> new World());
  }
}
