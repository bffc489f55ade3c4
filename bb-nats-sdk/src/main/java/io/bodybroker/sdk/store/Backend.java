package io.bodybroker.sdk.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a server must be able to do for {@link DocumentStore}; knows bytes only. Every method throws
 * a {@link io.bodybroker.sdk.error.ServiceException} {@code UNAVAILABLE} when the server cannot be
 * asked. Thread-safe.
 */
interface Backend {
  /** The name of the store, for messages. */
  String name();

  /**
   * The entry under a key, also that of a deletion, which a server may have forgotten after a
   * while.
   */
  Optional<Entry> read(String key);

  /** Writes if what is expected is there. */
  Outcome write(Write write);

  /** All live entries under a prefix, in any order. */
  List<Entry> list(String prefix);

  /** Follows entries: live ones first, then each change. The listener must not throw. */
  Watch watch(Scope scope, Consumer<Entry> listener);
}
