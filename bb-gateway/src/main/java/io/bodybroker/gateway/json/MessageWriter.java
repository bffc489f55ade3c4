package io.bodybroker.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;

/**
 * Writes JSON from a message in protobuf's wire format, which has all that JSON needs in the order
 * that JSON has it: by field number. Generated code serializes without reflection and makes no
 * object for it, which no other way to the fields of any message does.
 *
 * <p>One for each message.
 */
final class MessageWriter {
  private static final byte[] NULL = JsonOutput.ascii("null");
  private static final byte[] EMPTY_LIST = JsonOutput.ascii("[]");
  private static final byte[] EMPTY_MAP = JsonOutput.ascii("{}");
  private static final byte[] NO_TEXT = JsonOutput.ascii("\"\"");
  private static final byte[] ZERO = JsonOutput.ascii("0");
  private static final byte[] ZERO_TEXT = JsonOutput.ascii("\"0\"");
  private static final byte[] ZERO_FLOAT = JsonOutput.ascii("0.0");

  private final WireInput in;
  private final JsonOutput out;
  private final AnyWriter anyWriter;

  MessageWriter(byte[] message, JsonOutput out, AnyWriter anyWriter) {
    this.in = new WireInput(message);
    this.out = out;
    this.anyWriter = anyWriter;
  }

  /** The rest of the input as one message. */
  void message(MessagePlan plan) throws InvalidProtocolBufferException {
    message(plan, in.bytes.length);
  }

  /** The value of one field, of the message that is the rest of the input. */
  void only(FieldPlan field) throws InvalidProtocolBufferException {
    only(field, in.bytes.length);
  }

  /** All members of the message that is the rest of the input, after another member. */
  void furtherMembers(MessagePlan plan) throws InvalidProtocolBufferException {
    members(plan, in.bytes.length, false);
  }

  private void message(MessagePlan plan, int end) throws InvalidProtocolBufferException {
    switch (plan.kind) {
      case NONE -> {
        out.put('{');
        members(plan, end, true);
        out.put('}');
      }
      case TIMESTAMP, DURATION -> time(plan.kind, end);
      case WRAPPER, STRUCT, LIST_VALUE -> only(plan.fields[0], end);
      case VALUE -> value(plan, end);
      case FIELD_MASK -> anyWriter.mask(rest(end), out);
      case ANY -> anyWriter.any(rest(end), out);
    }
  }

  private ByteString rest(int end) {
    var rest = UnsafeByteOperations.unsafeWrap(in.bytes, in.at, end - in.at);
    in.at = end;
    return rest;
  }

  private void members(MessagePlan plan, int end, boolean isFirst)
      throws InvalidProtocolBufferException {
    FieldPlan[] fields = plan.fields;
    int comma = isFirst ? 1 : 0;
    int next = 0;
    while (in.at < end) {
      int tag = in.varint32();
      int number = tag >>> 3;
      for (; next < fields.length && fields[next].number < number; next++) {
        comma = absentMember(fields[next], comma);
      }
      if (next < fields.length && fields[next].number == number && fields[next].takes(tag)) {
        FieldPlan field = fields[next++];
        out.put(field.name, comma, field.name.length);
        comma = 0;
        present(field, tag, end);
      } else {
        in.skip(tag); // unknown fields stand behind those that are known
      }
    }
    for (; next < fields.length; next++) {
      comma = absentMember(fields[next], comma);
    }
  }

  /** How many bytes of the next member's name to leave out: its comma, if it is still the first. */
  private int absentMember(FieldPlan field, int comma) throws InvalidProtocolBufferException {
    if (field.hasPresence) {
      return comma;
    }
    out.put(field.name, comma, field.name.length);
    absent(field);
    return 0;
  }

  private void only(FieldPlan field, int end) throws InvalidProtocolBufferException {
    boolean isPresent = false;
    while (in.at < end) {
      int tag = in.varint32();
      if (!isPresent && tag >>> 3 == field.number && field.takes(tag)) {
        present(field, tag, end);
        isPresent = true;
      } else {
        in.skip(tag);
      }
    }
    if (!isPresent) {
      absent(field);
    }
  }

  private void absent(FieldPlan field) throws InvalidProtocolBufferException {
    if (field.isRepeated) {
      out.put(field.isMap ? EMPTY_MAP : EMPTY_LIST);
      return;
    }
    switch (field.type) {
      case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> out.put(ZERO);
      case INT64, SINT64, SFIXED64, UINT64, FIXED64 -> out.put(ZERO_TEXT);
      case FLOAT, DOUBLE -> out.put(ZERO_FLOAT);
      case BOOL -> out.bool(false);
      case STRING, BYTES -> out.put(NO_TEXT);
      case ENUM -> field.constants().write(0, out);
      case MESSAGE, GROUP -> message(field.message(), in.at); // of a map: as if it were empty
    }
  }

  private void present(FieldPlan field, int tag, int end) throws InvalidProtocolBufferException {
    if (field.isMap) {
      map(field, end);
    } else if (!field.isRepeated) {
      single(field);
    } else if (tag == field.tag) {
      list(field, end);
    } else {
      packed(field);
    }
  }

  private void list(FieldPlan field, int end) throws InvalidProtocolBufferException {
    out.put('[');
    single(field);
    while (in.takes(field.tag, end)) {
      out.put(',');
      single(field);
    }
    out.put(']');
  }

  private void packed(FieldPlan field) throws InvalidProtocolBufferException {
    int end = in.end();
    out.put('[');
    while (in.at < end) {
      single(field);
      if (in.at < end) {
        out.put(',');
      }
    }
    out.put(']');
  }

  private void map(FieldPlan field, int end) throws InvalidProtocolBufferException {
    FieldPlan[] entry = field.message().fields;
    out.put('{');
    entry(entry[0], entry[1]);
    while (in.takes(field.tag, end)) {
      out.put(',');
      entry(entry[0], entry[1]);
    }
    out.put('}');
  }

  private void entry(FieldPlan key, FieldPlan value) throws InvalidProtocolBufferException {
    int end = in.end();
    boolean hasKey = in.takes(key.tag, end);
    boolean isQuoted = key.isTextInJson();
    if (!isQuoted) {
      out.put('"');
    }
    part(key, hasKey);
    if (!isQuoted) {
      out.put('"');
    }
    out.put(':');
    part(value, in.takes(value.tag, end));
    in.at = end;
  }

  private void part(FieldPlan field, boolean isPresent) throws InvalidProtocolBufferException {
    if (isPresent) {
      single(field);
    } else {
      absent(field);
    }
  }

  private void single(FieldPlan field) throws InvalidProtocolBufferException {
    switch (field.type) {
      case INT32 -> out.whole(in.varint()); // ten bytes if it is negative
      case UINT32 -> out.whole(in.varint() & 0xffff_ffffL);
      case SINT32 -> out.whole(zigZag(in.varint()));
      case FIXED32 -> out.whole(in.fixed32() & 0xffff_ffffL);
      case SFIXED32 -> out.whole(in.fixed32());
      case INT64 -> out.quotedWhole(in.varint());
      case SINT64 -> out.quotedWhole(zigZag(in.varint()));
      case SFIXED64 -> out.quotedWhole(in.fixed64());
      case UINT64 -> out.quotedUnsigned(in.varint());
      case FIXED64 -> out.quotedUnsigned(in.fixed64());
      case FLOAT -> out.float32(Float.intBitsToFloat(in.fixed32()));
      case DOUBLE -> out.float64(Double.longBitsToDouble(in.fixed64()));
      case BOOL -> out.bool(in.varint() != 0);
      case STRING -> string();
      case BYTES -> {
        int end = in.end();
        out.base64(in.bytes, in.at, end);
        in.at = end;
      }
      case ENUM -> field.constants().write((int) in.varint(), out);
      case MESSAGE -> message(field.message(), in.end());
      case GROUP -> throw new IllegalArgumentException(field.field + " is a group");
    }
  }

  private static long zigZag(long value) {
    return value >>> 1 ^ -(value & 1);
  }

  private void string() {
    int end = in.end();
    out.string(in.bytes, in.at, end);
    in.at = end;
  }

  private void time(WellKnown kind, int end) throws InvalidProtocolBufferException {
    long seconds = 0;
    int nanos = 0;
    while (in.at < end) {
      int tag = in.varint32();
      switch (tag) {
        case 1 << 3 -> seconds = in.varint();
        case 2 << 3 -> nanos = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    if (kind == WellKnown.TIMESTAMP) {
      TimeText.timestamp(seconds, nanos, out);
    } else {
      TimeText.duration(seconds, nanos, out);
    }
  }

  /** Any JSON: the one field that is set. */
  private void value(MessagePlan plan, int end) throws InvalidProtocolBufferException {
    boolean isSet = false;
    while (in.at < end) {
      int tag = in.varint32();
      int index = (tag >>> 3) - 1;
      if (isSet || index >= plan.fields.length || !plan.fields[index].takes(tag)) {
        in.skip(tag);
      } else {
        isSet = true;
        requireFinite(tag);
        single(plan.fields[index]);
      }
    }
    if (!isSet) {
      out.put(NULL);
    }
  }

  /** JSON has no other numbers, and as a text it would be read as a text. */
  private void requireFinite(int tag) {
    if ((tag & 7) == WireInput.FIXED64) {
      int start = in.at;
      double number = Double.longBitsToDouble(in.fixed64());
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a google.protobuf.Value cannot be " + number);
      }
      in.at = start;
    }
  }
}
