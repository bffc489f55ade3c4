package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;

/**
 * A message in protobuf's wire format, written front to back: what is nested gets its length when
 * it ends. Not thread-safe.
 */
final class WireOutput extends GrowingBytes {
  private static final int MAX_VARINT = 10;

  /** JSON that is nested by one level can be three messages: a value, its object and an entry. */
  private static final int MAX_DEPTH = 4 * JsonParser.MAX_DEPTH;

  WireOutput(int capacity) {
    super(capacity);
  }

  /** What is written, to be read as a message. */
  CodedInputStream input() {
    var input = CodedInputStream.newInstance(bytes, 0, size);
    input.setRecursionLimit(MAX_DEPTH);
    return input;
  }

  void varint(long value) {
    ensure(MAX_VARINT);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void fixed32(int value) {
    ensure(4);
    for (int shift = 0; shift < 32; shift += 8) {
      bytes[size++] = (byte) (value >> shift);
    }
  }

  void fixed64(long value) {
    ensure(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >> shift);
    }
  }

  /** A whole number or an enum's number as its type is written. */
  void whole(FieldDescriptor.Type type, long value) {
    switch (type) {
      case INT32, ENUM, INT64, UINT64 -> varint(value);
      case UINT32 -> varint(value & 0xffff_ffffL);
      case SINT32, SINT64 -> varint(value << 1 ^ value >> 63);
      case FIXED32, SFIXED32 -> fixed32((int) value);
      case FIXED64, SFIXED64 -> fixed64(value);
      case BOOL, BYTES, DOUBLE, FLOAT, GROUP, MESSAGE, STRING ->
          throw new IllegalArgumentException(type + " is no whole number");
    }
  }

  /** Bytes with their length before them. */
  void delimited(byte[] source, int from, int to) {
    varint(to - from);
    put(source, from, to);
  }

  void text(String text) {
    delimited(text.getBytes(UTF_8));
  }

  void delimited(byte[] source) {
    delimited(source, 0, source.length);
  }

  /**
   * Begins what has its length before it.
   *
   * @return to be given to {@link #end}
   */
  int begin() {
    put(0);
    return size;
  }

  /** Most of what is nested is short; what is not moves over for the rest of its length. */
  void end(int start) {
    int length = size - start;
    if (length < 0x80) {
      bytes[start - 1] = (byte) length;
      return;
    }
    int more = (31 - Integer.numberOfLeadingZeros(length)) / 7;
    ensure(more);
    System.arraycopy(bytes, start, bytes, start + more, length);
    size = start - 1;
    varint(length);
    size += length;
  }
}
