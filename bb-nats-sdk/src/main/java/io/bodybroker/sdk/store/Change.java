package io.bodybroker.sdk.store;

import com.google.protobuf.Message;

/**
 * What a watch sees.
 *
 * @param <T> the document
 */
public sealed interface Change<T extends Message> {
  /** The key that changed. */
  String key();

  /** The version it has now. */
  long version();

  /** A document was written. */
  record Put<T extends Message>(String key, T value, long version) implements Change<T> {}

  /** A document was deleted. */
  record Deleted<T extends Message>(String key, long version) implements Change<T> {}
}
