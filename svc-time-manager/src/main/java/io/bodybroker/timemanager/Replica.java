package io.bodybroker.timemanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A copy of a store in memory, a moment behind it: good for finding what may be due without asking
 * the server, never for deciding.
 *
 * <p>Thread-safe. It follows the store until the host closes the store's watches.
 */
final class Replica<T extends Message> {
  private final Map<String, Versioned<T>> documents = new ConcurrentHashMap<>();

  private Replica() {}

  static <T extends Message> Replica<T> of(Store<T> store) {
    var replica = new Replica<T>();
    var unused = store.watch("", replica::apply);
    return replica;
  }

  private void apply(Change<T> change) {
    switch (change) {
      case Change.Put<T> put ->
          documents.put(put.key(), new Versioned<>(put.key(), put.value(), put.version()));
      case Change.Deleted<T> deleted -> documents.remove(deleted.key());
    }
  }

  Collection<Versioned<T>> documents() {
    return documents.values();
  }

  Optional<T> get(String key) {
    return Optional.ofNullable(documents.get(key)).map(Versioned::value);
  }
}
