package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import java.util.Objects;

/**
 * A document as it was at one version.
 *
 * @param key its key
 * @param value the document
 * @param version grows with every write of this key; what {@link Store#compareAndSet} expects. Not
 *     dense: the next version need not be the next number
 */
public record Versioned<T extends Message>(String key, T value, long version) {
  /** Refuses nulls. */
  public Versioned {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
