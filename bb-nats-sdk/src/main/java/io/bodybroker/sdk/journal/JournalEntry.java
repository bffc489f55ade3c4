package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;
import java.util.Objects;

/**
 * What was appended once.
 *
 * @param key under which
 * @param value what
 * @param position where in the journal: it grows with every entry of any key, so the next one of
 *     this key need not be the next number
 * @param <T> what the journal keeps
 */
public record JournalEntry<T extends Message>(String key, T value, long position) {
  /** Refuses nulls. */
  public JournalEntry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
