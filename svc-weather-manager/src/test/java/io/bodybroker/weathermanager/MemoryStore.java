package io.bodybroker.weathermanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.store.Watch;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A store for tests that are about rules and not about the store: versions as the real one has
 * them, no server.
 */
final class MemoryStore<T extends Message> implements Store<T> {
  private final TreeMap<String, Versioned<T>> documents = new TreeMap<>();
  private long version;
  private int writes;

  /** How many writes there have been. */
  synchronized int writes() {
    return writes;
  }

  @Override
  public synchronized Optional<Versioned<T>> get(String key) {
    return Optional.ofNullable(documents.get(key));
  }

  @Override
  public synchronized long put(String key, T value) {
    writes++;
    documents.put(key, new Versioned<>(key, value, ++version));
    return version;
  }

  @Override
  public synchronized long create(String key, T value) {
    if (documents.containsKey(key)) {
      throw ServiceException.of(ErrorCode.ALREADY_EXISTS, key);
    }
    return put(key, value);
  }

  @Override
  public synchronized long compareAndSet(String key, T value, long expectedVersion) {
    requireVersion(key, expectedVersion);
    return put(key, value);
  }

  @Override
  public synchronized Versioned<T> update(String key, Function<Optional<T>, T> change) {
    var old = get(key).map(Versioned::value);
    var changed = change.apply(old);
    if (old.isEmpty() || old.get() != changed) {
      put(key, changed);
    }
    return get(key).orElseThrow();
  }

  @Override
  public synchronized void delete(String key) {
    documents.remove(key);
  }

  @Override
  public synchronized void delete(String key, long expectedVersion) {
    requireVersion(key, expectedVersion);
    documents.remove(key);
  }

  private void requireVersion(String key, long expected) {
    if (get(key).filter(found -> found.version() == expected).isEmpty()) {
      throw ServiceException.of(ErrorCode.ABORTED, key);
    }
  }

  @Override
  public synchronized List<Versioned<T>> list(String prefix) {
    return documents.values().stream().filter(found -> found.key().startsWith(prefix)).toList();
  }

  @Override
  public Watch watch(String prefix, Consumer<Change<T>> listener) {
    list(prefix)
        .forEach(found ->
            listener.accept(new Change.Put<>(found.key(), found.value(), found.version())));
    return () -> {};
  }
}
