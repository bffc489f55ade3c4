package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for, found by the bytes of a name as they stand in a text, so that no string is
 * made of them. Names are a contract's own: nobody can send so many that they collide.
 *
 * <p>Immutable and thread-safe.
 */
final class NameTable<T> {
  private final byte[][] names;
  private final Object[] values;

  private NameTable(int slots) {
    this.names = new byte[slots][];
    this.values = new Object[slots];
  }

  static <T> NameTable<T> of(Map<String, T> entries) {
    var table = new NameTable<T>(4 * Integer.highestOneBit(Math.max(1, entries.size())));
    entries.forEach(table::add);
    return table;
  }

  private void add(String name, T value) {
    byte[] bytes = name.getBytes(UTF_8);
    int slot = slot(hash(bytes, 0, bytes.length));
    while (names[slot] != null) {
      slot = slot(slot + 1);
    }
    names[slot] = bytes;
    values[slot] = value;
  }

  /**
   * What a name stands for, or null.
   *
   * @param hash of the name; see {@link #hash}
   */
  @SuppressWarnings("unchecked") // only T was put in
  @Nullable T find(int hash, byte[] text, int from, int to) {
    for (int slot = slot(hash); names[slot] != null; slot = slot(slot + 1)) {
      byte[] name = names[slot];
      if (name.length == to - from && Arrays.equals(name, 0, name.length, text, from, to)) {
        return (T) values[slot];
      }
    }
    return null;
  }

  @Nullable T find(String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return find(hash(bytes, 0, bytes.length), bytes, 0, bytes.length);
  }

  private int slot(int hash) {
    return hash & names.length - 1;
  }

  static int hash(byte[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    return hash;
  }
}
