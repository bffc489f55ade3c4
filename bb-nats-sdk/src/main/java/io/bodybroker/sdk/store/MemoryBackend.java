package io.bodybroker.sdk.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Entries in memory, and the listeners that follow them. */
final class MemoryBackend implements Backend {
  private record Follower(Scope scope, Consumer<Entry> listener) {}

  /** Held while listeners run: they are told on the writer's thread, in the order of the writes. */
  private final ReentrantLock lock = new ReentrantLock();

  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private final List<Follower> followers = new ArrayList<>();
  private final String name;
  private long version;

  MemoryBackend(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Entry> read(String key) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(key));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Outcome write(Write write) {
    lock.lock();
    try {
      if (!isAsExpected(write)) {
        return new Outcome.Refused();
      }
      var entry =
          new Entry(
              write.key(),
              write.document(),
              write.deletion(),
              ++version,
              Entry.UNCONDITIONAL,
              write.id());
      entries.put(write.key(), entry);
      for (Follower follower : List.copyOf(followers)) {
        if (follower.scope().contains(entry.key())) {
          follower.listener().accept(entry);
        }
      }
      return new Outcome.Written(entry.version());
    } finally {
      lock.unlock();
    }
  }

  private boolean isAsExpected(Write write) {
    Optional<Entry> now = Optional.ofNullable(entries.get(write.key()));
    return switch (write.expected()) {
      case Expected.Anything anything -> true;
      case Expected.Absent absent -> now.filter(Entry::isLive).isEmpty();
      case Expected.Version expected -> now.map(Entry::version).orElse(0L) == expected.version();
    };
  }

  @Override
  public List<Entry> list(String prefix) {
    lock.lock();
    try {
      return entries.tailMap(prefix).values().stream()
          .takeWhile(entry -> entry.key().startsWith(prefix))
          .filter(Entry::isLive)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Watch watch(Scope scope, Consumer<Entry> listener) {
    var follower = new Follower(scope, listener);
    lock.lock();
    try {
      entries.values().stream()
          .filter(entry -> entry.isLive() && scope.contains(entry.key()))
          .forEach(listener);
      followers.add(follower);
    } finally {
      lock.unlock();
    }
    return () -> forget(follower);
  }

  private void forget(Follower follower) {
    lock.lock();
    try {
      followers.remove(follower);
    } finally {
      lock.unlock();
    }
  }
}
