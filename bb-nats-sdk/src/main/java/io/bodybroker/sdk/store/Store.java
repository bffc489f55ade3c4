package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Documents of one type under string keys, each with a version.
 *
 * <p>Keys are 1 to 200 characters; {@code /} separates their parts, none of which is empty, and a
 * prefix ends after such a separator. Any other character is allowed. Every operation is at most
 * one round trip and throws {@link io.bodybroker.sdk.error.ServiceException} {@code UNAVAILABLE},
 * at once, when the server behind the store is away; {@code mayHaveExecuted()} then says whether a
 * write can have happened.
 *
 * <p>Thread-safe.
 *
 * @param <T> the document
 */
public interface Store<T extends Message> {
  /** The document, or empty if there is none. Sees every write that was acknowledged before. */
  Optional<Versioned<T>> get(String key);

  /**
   * The document, from this process's memory if what it has there is enough, else as {@link
   * #get(String)}. What is in memory was committed, and may be behind by the moment in which the
   * server tells that there is something newer; so a reader that has seen a version asks for that
   * one or a later one: {@code document -> document.getVersion() >= seen}. Many times as fast as
   * {@link #get(String)}.
   *
   * <p>A durable store keeps what was read last in 16 MiB of memory, and nothing while its server
   * is away. Others always ask the server.
   *
   * @param isEnough whether a document is recent enough; must have no effect
   */
  Optional<Versioned<T>> get(String key, Predicate<? super T> isEnough);

  /**
   * Writes a document that must not exist.
   *
   * @return its version
   * @throws io.bodybroker.sdk.error.ServiceException {@code ALREADY_EXISTS}: nothing was written
   */
  long create(String key, T value);

  /** Writes a document whatever was there. Returns its version. */
  long put(String key, T value);

  /**
   * Writes a document if it still has the version that was read.
   *
   * @return its new version
   * @throws io.bodybroker.sdk.error.ServiceException {@code ABORTED}: somebody else was faster, or
   *     it is gone; nothing was written
   */
  long compareAndSet(String key, T value, long expectedVersion);

  /**
   * Reads, changes and writes as one step, trying again when somebody else was faster. The change
   * may run several times, so it must have no other effect; what it throws is thrown on, and
   * nothing is written. Returning the same instance it was given writes nothing.
   *
   * @param change from the document as it is, or empty, to the document as it shall be
   * @return the document as it is now
   * @throws io.bodybroker.sdk.error.ServiceException {@code ABORTED} when it lost every race
   */
  Versioned<T> update(String key, Function<Optional<T>, T> change);

  /** Removes a document; nothing happens if there is none. */
  void delete(String key);

  /**
   * Removes a document if it still has this version.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code ABORTED}: it has another version or is
   *     gone; nothing was removed
   */
  void delete(String key, long expectedVersion);

  /** All documents whose key starts with the prefix, by key; the empty prefix means all. */
  List<Versioned<T>> list(String prefix);

  /**
   * Follows changes, beginning with each document as it is now. For one key, changes arrive in
   * order and none but superseded ones are left out, also across a reconnect. An exception of the
   * listener is logged, and the watch goes on.
   *
   * @param prefix as in {@link #list}
   */
  Watch watch(String prefix, Consumer<Change<T>> listener);

  /**
   * Follows one document as {@link #watch} follows all under a prefix. Nothing is told at the
   * beginning if there is none.
   */
  Watch watchKey(String key, Consumer<Change<T>> listener);
}
