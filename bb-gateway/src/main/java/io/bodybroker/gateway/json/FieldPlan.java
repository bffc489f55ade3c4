package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a field before any message is seen. Immutable and thread-safe, but for the plan
 * of its own message type, which is looked up when it is first needed: types contain themselves.
 */
final class FieldPlan {
  final FieldDescriptor field;
  final FieldDescriptor.Type type;
  final int number;

  /** Its place in {@link MessagePlan#fields}. */
  final int index;

  /** Which of its type's oneofs it is in, or -1; proto3's {@code optional} is none. */
  final int oneof;

  final boolean isRepeated;
  final boolean isMap;

  /** Whether it is left out when it is not set. */
  final boolean hasPresence;

  /** Of one value, or of each element. */
  final int tag;

  /** Of all elements of a packed array together. */
  final int packedTag;

  /** Its name in quotes as a further member of an object, with comma and colon. */
  final byte[] name;

  /** Null if it is no enum. */
  private final @Nullable EnumPlan constants;

  /** Whether {@code null} is a value of its own, and not the absence of one. */
  final boolean isNullAValue;

  private final Plans plans;
  private volatile @Nullable MessagePlan message;

  FieldPlan(FieldDescriptor field, int index, Plans plans) {
    this.field = field;
    this.type = field.getType();
    this.number = field.getNumber();
    this.index = index;
    var realOneof = field.getRealContainingOneof();
    this.oneof = realOneof == null ? -1 : realOneof.getIndex();
    this.isRepeated = field.isRepeated();
    this.isMap = field.isMapField();
    this.hasPresence = field.hasPresence();
    this.tag = number << 3 | wireType(type);
    this.packedTag = number << 3 | WireInput.DELIMITED;
    this.name = (",\"" + field.getJsonName() + "\":").getBytes(UTF_8);
    this.constants = type == FieldDescriptor.Type.ENUM ? new EnumPlan(field.getEnumType()) : null;
    this.isNullAValue =
        isMessage()
            ? WellKnown.of(field.getMessageType()) == WellKnown.VALUE
            : constants != null && constants.isNull();
    this.plans = plans;
  }

  private static int wireType(FieldDescriptor.Type type) {
    return switch (type) {
      case DOUBLE, FIXED64, SFIXED64 -> WireInput.FIXED64;
      case FLOAT, FIXED32, SFIXED32 -> WireInput.FIXED32;
      case STRING, BYTES, MESSAGE -> WireInput.DELIMITED;
      case GROUP -> WireInput.START_GROUP;
      case INT32, INT64, UINT32, UINT64, SINT32, SINT64, BOOL, ENUM -> WireInput.VARINT;
    };
  }

  boolean isString() {
    return type == FieldDescriptor.Type.STRING;
  }

  boolean isGroup() {
    return type == FieldDescriptor.Type.GROUP;
  }

  boolean isMessage() {
    return field.getJavaType() == JavaType.MESSAGE;
  }

  /** Whether a whole number, or that of an enum, is one that it can have. */
  boolean isInRange(long value) {
    return switch (type) {
      case INT32, SINT32, SFIXED32, ENUM -> value == (int) value;
      case UINT32, FIXED32 -> value >>> 32 == 0;
      case UINT64, FIXED64 -> value >= 0;
      case INT64, SINT64, SFIXED64 -> true;
      case BOOL, FLOAT, DOUBLE, STRING, BYTES, MESSAGE, GROUP -> false;
    };
  }

  /** Whether JSON puts its values in quotes by themselves. */
  boolean isTextInJson() {
    return switch (type) {
      case INT64, SINT64, SFIXED64, UINT64, FIXED64, STRING, BYTES, ENUM -> true;
      case INT32, SINT32, SFIXED32, UINT32, FIXED32, BOOL, FLOAT, DOUBLE, MESSAGE, GROUP -> false;
    };
  }

  /** Whether a tag with its number is followed by what it is; else that is an unknown field. */
  boolean takes(int found) {
    return found == tag || (isRepeated && found == packedTag);
  }

  /** How the values of its enum are written and read. */
  EnumPlan constants() {
    return Objects.requireNonNull(constants, field.getFullName());
  }

  /** The plan of its message type. */
  MessagePlan message() {
    MessagePlan known = message;
    if (known == null) {
      known = plans.of(field.getMessageType());
      message = known;
    }
    return known;
  }
}
