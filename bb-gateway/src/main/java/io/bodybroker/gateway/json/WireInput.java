package io.bodybroker.gateway.json;

import com.google.protobuf.InvalidProtocolBufferException;

/**
 * Walks along a message in protobuf's wire format as it was serialized in this process. Not
 * thread-safe.
 */
final class WireInput {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int DELIMITED = 2;
  static final int START_GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  final byte[] bytes;
  int at;

  WireInput(byte[] bytes) {
    this.bytes = bytes;
  }

  long varint() {
    byte first = bytes[at++];
    if (first >= 0) {
      return first;
    }
    long value = first & 0x7f;
    for (int shift = 7; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** A tag or a length. */
  int varint32() {
    return (int) varint();
  }

  int fixed32() {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (bytes[at++] & 0xff) << shift;
    }
    return value;
  }

  long fixed64() {
    long low = fixed32() & 0xffff_ffffL;
    return low | ((long) fixed32() << 32);
  }

  /** Reads a length; where what is that long ends. */
  int end() {
    int length = varint32();
    return at + length;
  }

  /** Whether the field goes on with another element; its tag is read then. */
  boolean takes(int tag, int end) {
    int before = at;
    if (before < end && varint32() == tag) {
      return true;
    }
    at = before;
    return false;
  }

  /** Leaves out the value after a tag. */
  void skip(int tag) throws InvalidProtocolBufferException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> at += 8;
      case DELIMITED -> at = end();
      case FIXED32 -> at += 4;
      case START_GROUP -> skipGroup();
      default -> throw new InvalidProtocolBufferException("no such wire type in tag " + tag);
    }
  }

  private void skipGroup() throws InvalidProtocolBufferException {
    for (int tag = varint32(); (tag & 7) != END_GROUP; tag = varint32()) {
      skip(tag);
    }
  }
}
