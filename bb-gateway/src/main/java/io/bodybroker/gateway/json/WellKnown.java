package io.bodybroker.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;

/** The message types that protobuf's JSON mapping writes in a form of their own. */
public enum WellKnown {
  /** {@code "2026-01-31T12:00:00Z"}. */
  TIMESTAMP,
  /** {@code "1.5s"}. */
  DURATION,
  /** {@code "name,owner.id"}. */
  FIELD_MASK,
  /** The wrapped value itself. */
  WRAPPER,
  /** Any object. */
  STRUCT,
  /** Any JSON. */
  VALUE,
  /** Any array. */
  LIST_VALUE,
  /** An object that names its own type. */
  ANY,
  /** No form of its own. */
  NONE;

  /** Which one a type is. */
  public static WellKnown of(Descriptor type) {
    if (!type.getFile().getPackage().equals("google.protobuf")) {
      return NONE;
    }
    return switch (type.getName()) {
      case "Timestamp" -> TIMESTAMP;
      case "Duration" -> DURATION;
      case "FieldMask" -> FIELD_MASK;
      case "Struct" -> STRUCT;
      case "Value" -> VALUE;
      case "ListValue" -> LIST_VALUE;
      case "Any" -> ANY;
      case "BoolValue", "StringValue", "BytesValue", "FloatValue", "DoubleValue" -> WRAPPER;
      case "Int32Value", "UInt32Value", "Int64Value", "UInt64Value" -> WRAPPER;
      default -> NONE;
    };
  }

  /** Whether one line of text can stand for such a message, as in a path or a query. */
  public boolean isText() {
    return switch (this) {
      case TIMESTAMP, DURATION, FIELD_MASK, WRAPPER -> true;
      case STRUCT, VALUE, LIST_VALUE, ANY, NONE -> false;
    };
  }
}
