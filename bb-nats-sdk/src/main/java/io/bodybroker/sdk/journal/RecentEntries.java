package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.CommitLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last entries of the keys that this process has read, for readers who say what is recent
 * enough for them.
 *
 * <p>It follows the journal: what is appended to a key that is here takes the place of what was, a
 * moment after the server has acknowledged it. While the journal is not heard, which is noticed
 * within three seconds, it is empty, and everybody asks the server. It keeps what was read last, of
 * {@value #MOST} keys at most. To be run again and again by one thread; otherwise thread-safe.
 */
final class RecentEntries<T extends Message> implements Runnable {
  static final int MOST = 20_000;

  /** An entry, or the place of one that is being read. */
  private record Slot<D extends Message>(@Nullable JournalEntry<D> entry) {
    long position() {
      return entry == null ? 0 : entry.position();
    }
  }

  private final CommitLog<T> commits;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of their last use. */
  private final Map<String, Slot<T>> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Slot<T>> eldest) {
          return size() > MOST;
        }
      };

  private boolean isFollowing;

  RecentEntries(CommitLog<T> commits) {
    this.commits = commits;
  }

  /** Follows until the thread is interrupted, or the journal is not heard. */
  @Override
  public void run() {
    long from = commits.lastRevision();
    // What is read from now on is at least that old, and what is appended then will be told.
    follow(true);
    try {
      commits.follow(from, this::appended, () -> {});
    } finally {
      follow(false);
    }
  }

  private void follow(boolean value) {
    lock.lock();
    try {
      isFollowing = value;
      slots.clear();
    } finally {
      lock.unlock();
    }
  }

  private void appended(Change<T> change) {
    if (change instanceof Change.Put<T> put) {
      replace(new JournalEntry<>(put.key(), put.value(), put.version()));
    }
  }

  /** Only what is here already, and only what is older. */
  private void replace(JournalEntry<T> entry) {
    lock.lock();
    try {
      slots.computeIfPresent(
          entry.key(),
          (key, slot) -> slot.position() < entry.position() ? new Slot<>(entry) : slot);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A key's last entry, from here if that is enough.
   *
   * @param server reads it from the server
   */
  Optional<JournalEntry<T>> last(
      String key, Predicate<? super T> isEnough, Supplier<Optional<JournalEntry<T>>> server) {
    Optional<JournalEntry<T>> here = find(key);
    if (here.filter(entry -> isEnough.test(entry.value())).isPresent()) {
      return here;
    }
    Optional<JournalEntry<T>> found = server.get();
    found.ifPresent(this::replace);
    return found;
  }

  /**
   * Makes a place for it if there is none, so that what is appended while it is read is not missed.
   */
  private Optional<JournalEntry<T>> find(String key) {
    lock.lock();
    try {
      var slot = slots.get(key);
      if (slot == null && isFollowing) {
        slots.put(key, new Slot<>(null));
      }
      return slot == null ? Optional.empty() : Optional.ofNullable(slot.entry());
    } finally {
      lock.unlock();
    }
  }
}
