package io.bodybroker.statemanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.store.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Documents in memory, for tests of rules only; what a real store does is tested against one. */
final class MemoryStore<T extends Message> implements Store<T> {
  private final Map<String, Versioned<T>> documents = new TreeMap<>();
  private final List<Consumer<Change<T>>> listeners = new ArrayList<>();
  private long writes;

  /** How many writes there were. */
  long writes() {
    return writes;
  }

  @Override
  public Optional<Versioned<T>> get(String key) {
    return Optional.ofNullable(documents.get(key));
  }

  @Override
  public long create(String key, T value) {
    if (documents.containsKey(key)) {
      throw ServiceException.of(ErrorCode.ALREADY_EXISTS, key);
    }
    return put(key, value);
  }

  @Override
  public long put(String key, T value) {
    writes++;
    documents.put(key, new Versioned<>(key, value, writes));
    listeners.forEach(listener -> listener.accept(new Change.Put<>(key, value, writes)));
    return writes;
  }

  @Override
  public long compareAndSet(String key, T value, long expectedVersion) {
    require(key, expectedVersion);
    return put(key, value);
  }

  @Override
  public Versioned<T> update(String key, Function<Optional<T>, T> change) {
    var current = get(key);
    T next = change.apply(current.map(Versioned::value));
    if (current.isPresent() && current.get().value() == next) {
      return current.get();
    }
    return new Versioned<>(key, next, put(key, next));
  }

  @Override
  public void delete(String key) {
    writes++;
    documents.remove(key);
    listeners.forEach(listener -> listener.accept(new Change.Deleted<>(key, writes)));
  }

  @Override
  public void delete(String key, long expectedVersion) {
    require(key, expectedVersion);
    delete(key);
  }

  private void require(String key, long version) {
    if (get(key).map(Versioned::version).orElse(0L) != version) {
      throw ServiceException.of(ErrorCode.ABORTED, key);
    }
  }

  @Override
  public List<Versioned<T>> list(String prefix) {
    return documents.values().stream()
        .filter(document -> document.key().startsWith(prefix))
        .toList();
  }

  @Override
  public Watch watch(String prefix, Consumer<Change<T>> listener) {
    documents
        .values()
        .forEach(it -> listener.accept(new Change.Put<>(it.key(), it.value(), it.version())));
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
