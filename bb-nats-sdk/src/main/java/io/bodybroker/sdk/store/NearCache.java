package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Documents that this process has read, for readers who say what is recent enough for them.
 *
 * <p>A document leaves it when another revision of its key is committed, which the server tells a
 * moment later; so what is here may be behind by that moment. While the server is not heard it is
 * empty, and everybody asks the server. It keeps what was read last, up to {@value #MAX_BYTES}
 * bytes of documents. Begins to follow with its first reader. Thread-safe.
 */
final class NearCache<T extends Message> implements Invalidations.Listener {
  static final int MAX_BYTES = 16 << 20;

  /** What a document costs beside its bytes on the wire: it is held as an object. */
  private static final int OVERHEAD_BYTES = 256;

  /** A document, or the place of one that is being read: gone if it changes meanwhile. */
  private static final class Slot<D extends Message> {
    final @Nullable Versioned<D> document;
    final int bytes;

    private Slot(@Nullable Versioned<D> document) {
      this.document = document;
      this.bytes = OVERHEAD_BYTES + (document == null ? 0 : document.value().getSerializedSize());
    }

    static <D extends Message> Slot<D> reading() {
      return new Slot<>(null);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of their last use. */
  private final Map<String, Slot<T>> slots = new LinkedHashMap<>(16, 0.75f, true);

  private final Function<Invalidations.Listener, Watch> follow;
  private final StoreMeters.Reads reads;
  private @Nullable Watch watch;
  private long bytes;
  private boolean isFollowing;

  /**
   * @param follow begins to tell what changes
   * @param reads counts who was answered from here
   */
  NearCache(Function<Invalidations.Listener, Watch> follow, StoreMeters.Reads reads) {
    this.follow = follow;
    this.reads = reads;
  }

  /**
   * The document, from here if that is enough.
   *
   * @param server reads it from the server
   */
  Optional<Versioned<T>> get(
      String key, Predicate<? super T> isEnough, Supplier<Optional<Versioned<T>>> server) {
    Optional<Versioned<T>> here = find(key);
    if (here.isPresent() && isEnough.test(here.get().value())) {
      reads.fromMemory();
      return here;
    }
    reads.fromServer();
    var reading = Slot.<T>reading();
    if (!begin(key, reading)) {
      return server.get();
    }
    Optional<Versioned<T>> found = Optional.empty();
    try {
      found = server.get();
      return found;
    } finally {
      end(key, reading, found.map(Slot::new));
    }
  }

  private Optional<Versioned<T>> find(String key) {
    lock.lock();
    try {
      var slot = slots.get(key);
      return slot == null ? Optional.empty() : Optional.ofNullable(slot.document);
    } finally {
      lock.unlock();
    }
  }

  private boolean begin(String key, Slot<T> reading) {
    lock.lock();
    try {
      if (watch == null) {
        watch = follow.apply(this);
      }
      if (isFollowing) {
        put(key, reading);
      }
      return isFollowing;
    } finally {
      lock.unlock();
    }
  }

  /** What was changed, or read by somebody else, since the reading began is left alone. */
  private void end(String key, Slot<T> reading, Optional<Slot<T>> found) {
    lock.lock();
    try {
      if (slots.get(key) == reading) {
        remove(key);
        found.ifPresent(slot -> put(key, slot));
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(String key, Slot<T> slot) {
    remove(key);
    slots.put(key, slot);
    bytes += slot.bytes;
    Iterator<Slot<T>> oldest = slots.values().iterator();
    while (bytes > MAX_BYTES) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }

  private void remove(String key) {
    var slot = slots.remove(key);
    if (slot != null) {
      bytes -= slot.bytes;
    }
  }

  @Override
  public void following() {
    lock.lock();
    try {
      isFollowing = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void changed(String key, long version) {
    lock.lock();
    try {
      var slot = slots.get(key);
      boolean isKnown = slot != null && slot.document != null && slot.document.version() >= version;
      if (!isKnown) {
        remove(key);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void lost() {
    lock.lock();
    try {
      isFollowing = false;
      slots.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }
}
