package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import io.bodybroker.sdk.internal.Keys;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@link Store} over any {@link Backend}: everything about documents that does not depend on where
 * they are.
 */
final class DocumentStore<T extends Message> implements Store<T> {
  private static final Logger LOG = System.getLogger(DocumentStore.class.getName());

  private final Backend backend;
  private final DocumentCodec<T> codec;

  private final @Nullable NearCache<T> near;

  /** A store each of whose reads asks the server. */
  DocumentStore(Backend backend, T defaultInstance) {
    this(backend, defaultInstance, null);
  }

  DocumentStore(Backend backend, T defaultInstance, @Nullable NearCache<T> near) {
    this.backend = backend;
    this.codec = new DocumentCodec<>(defaultInstance);
    this.near = near;
  }

  @Override
  public Optional<Versioned<T>> get(String key) {
    return backend.read(Keys.requireKey(key)).filter(Entry::isLive).map(codec::decode);
  }

  @Override
  public Optional<Versioned<T>> get(String key, Predicate<? super T> isEnough) {
    return near == null ? get(key) : near.get(Keys.requireKey(key), isEnough, () -> get(key));
  }

  @Override
  public long create(String key, T value) {
    var write = Write.of(Keys.requireKey(key), codec.encode(value), new Expected.Absent());
    return switch (backend.write(write)) {
      case Outcome.Written written -> written.version();
      case Outcome.Refused refused -> throw StoreErrors.alreadyExists(backend.name(), key);
    };
  }

  @Override
  public long put(String key, T value) {
    return writeExpecting(
        Write.of(Keys.requireKey(key), codec.encode(value), new Expected.Anything()));
  }

  @Override
  public long compareAndSet(String key, T value, long expectedVersion) {
    Keys.requireKey(key);
    return writeExpecting(Write.of(key, codec.encode(value), version(key, expectedVersion)));
  }

  @Override
  public Versioned<T> update(String key, Function<Optional<T>, T> change) {
    return new Update<>(backend, codec, Keys.requireKey(key), change).run();
  }

  @Override
  public void delete(String key) {
    // Reading first keeps deletions of what never was from leaving marks behind.
    if (backend.read(Keys.requireKey(key)).filter(Entry::isLive).isPresent()) {
      writeExpecting(Write.deletion(key, new Expected.Anything()));
    }
  }

  @Override
  public void delete(String key, long expectedVersion) {
    Keys.requireKey(key);
    writeExpecting(Write.deletion(key, version(key, expectedVersion)));
  }

  @Override
  public List<Versioned<T>> list(String prefix) {
    return backend.list(Keys.requirePrefix(prefix)).stream()
        .map(codec::decode)
        .sorted(Comparator.comparing(Versioned::key))
        .toList();
  }

  @Override
  public Watch watch(String prefix, Consumer<Change<T>> listener) {
    return watch(new Scope.Prefix(Keys.requirePrefix(prefix)), listener);
  }

  @Override
  public Watch watchKey(String key, Consumer<Change<T>> listener) {
    return watch(new Scope.Key(Keys.requireKey(key)), listener);
  }

  private Watch watch(Scope scope, Consumer<Change<T>> listener) {
    Objects.requireNonNull(listener, "listener");
    return backend.watch(scope, entry -> tell(listener, entry));
  }

  private long writeExpecting(Write write) {
    return switch (backend.write(write)) {
      case Outcome.Written written -> written.version();
      case Outcome.Refused refused -> throw StoreErrors.otherVersion(backend.name(), write.key());
    };
  }

  /**
   * No document ever has a version below 1, but the servers give 0 and less a meaning of their own.
   */
  private Expected version(String key, long version) {
    if (version < 1) {
      throw StoreErrors.otherVersion(backend.name(), key);
    }
    return new Expected.Version(version);
  }

  private void tell(Consumer<Change<T>> listener, Entry entry) {
    try {
      listener.accept(codec.change(entry));
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "a watch of " + backend.name() + " failed on \"" + entry.key() + "\" and goes on",
          e);
    }
  }
}
