package io.bodybroker.gateway.json;

import java.util.Arrays;

/** Bytes that are written one after the other; the array grows as it must. Not thread-safe. */
abstract sealed class GrowingBytes permits JsonOutput, WireOutput {
  /** What is written is its first {@link #size}. */
  byte[] bytes;

  int size;

  GrowingBytes(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Makes room; whoever made it may put that many without asking. */
  final void ensure(int more) {
    if (more > bytes.length - size) {
      grow(more);
    }
  }

  private void grow(int more) {
    bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
  }

  final void put(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  final void put(byte[] source) {
    put(source, 0, source.length);
  }

  final void put(byte[] source, int from, int to) {
    int length = to - from;
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  final byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
