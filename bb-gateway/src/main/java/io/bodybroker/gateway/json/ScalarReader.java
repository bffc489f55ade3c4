package io.bodybroker.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import org.jspecify.annotations.Nullable;

/** Writes single values, but for messages, in protobuf's wire format. One for each text. */
final class ScalarReader {
  private final JsonTape tape;
  private final WireOutput out;
  private final SimpleDecimal decimal = new SimpleDecimal();

  ScalarReader(JsonTape tape, WireOutput out) {
    this.tape = tape;
    this.out = out;
  }

  /** Writes a value without its tag; false if the field cannot have it. */
  boolean read(int node, FieldPlan field) {
    return switch (field.type) {
      case STRING -> string(node);
      case BOOL -> bool(node);
      case BYTES -> bytes(node);
      case ENUM -> constant(node, field);
      case INT32, SINT32, SFIXED32, UINT32, FIXED32, INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
          whole(node, field);
      case FLOAT, DOUBLE -> floatingPoint(node, field);
      case MESSAGE, GROUP -> throw new IllegalArgumentException(field.field + " is no scalar");
    };
  }

  /**
   * Writes the key of an entry, which is no text.
   *
   * @return by which it is known, or null if it is no such key
   */
  @Nullable Object key(int name, FieldPlan key) {
    String text = tape.text(name);
    Object parsed =
        key.type == FieldDescriptor.Type.BOOL
            ? FieldText.bool(text)
            : FieldText.number(key.field, text);
    if (parsed != null) {
      out.varint(key.tag);
      write(parsed, key.type);
    }
    return parsed;
  }

  private boolean string(int node) {
    if (!tape.isString(node)) {
      return false;
    }
    tape.copyText(node, out);
    return true;
  }

  private boolean bool(int node) {
    int kind = tape.kind(node);
    if (kind != JsonTape.TRUE && kind != JsonTape.FALSE) {
      return false;
    }
    out.varint(kind == JsonTape.TRUE ? 1 : 0);
    return true;
  }

  private boolean bytes(int node) {
    ByteString bytes = tape.isString(node) ? FieldText.bytes(tape.text(node)) : null;
    if (bytes == null) {
      return false;
    }
    out.delimited(bytes.toByteArray());
    return true;
  }

  private boolean constant(int node, FieldPlan field) {
    return switch (tape.kind(node)) {
      case JsonTape.NUMBER -> whole(node, field);
      case JsonTape.STRING, JsonTape.ESCAPED_STRING -> named(node, field);
      case JsonTape.NULL -> put(0);
      default -> false;
    };
  }

  private boolean named(int node, FieldPlan field) {
    EnumValueDescriptor value = field.constants().find(tape, node);
    return value != null && put(value.getNumber());
  }

  private boolean put(int number) {
    out.varint(number);
    return true;
  }

  private boolean whole(int node, FieldPlan field) {
    if (!isNumber(node)) {
      return false;
    }
    if (parseSimple(node) && decimal.isWhole() && field.isInRange(decimal.whole())) {
      out.whole(field.type, decimal.whole());
      return true;
    }
    return number(node, field);
  }

  private boolean floatingPoint(int node, FieldPlan field) {
    if (!isNumber(node)) {
      return false;
    }
    if (parseSimple(node)) {
      if (field.type == FieldDescriptor.Type.DOUBLE && decimal.isExactDouble()) {
        out.fixed64(Double.doubleToRawLongBits(decimal.float64()));
        return true;
      }
      if (field.type == FieldDescriptor.Type.FLOAT && decimal.isExactFloat()) {
        out.fixed32(Float.floatToRawIntBits(decimal.float32()));
        return true;
      }
    }
    return number(node, field);
  }

  private boolean isNumber(int node) {
    return tape.kind(node) == JsonTape.NUMBER || tape.isString(node);
  }

  private boolean parseSimple(int node) {
    int quote = tape.kind(node) == JsonTape.NUMBER ? 0 : 1;
    return decimal.parse(tape.json(), tape.start(node) + quote, tape.stop(node) - quote);
  }

  private boolean number(int node, FieldPlan field) {
    String text = tape.text(node);
    Object parsed =
        field.type == FieldDescriptor.Type.ENUM
            ? Numbers.int32(text)
            : FieldText.number(field.field, text);
    if (parsed == null) {
      return false;
    }
    write(parsed, field.type);
    return true;
  }

  private void write(Object value, FieldDescriptor.Type type) {
    switch (value) {
      case Boolean bool -> out.varint(bool ? 1 : 0);
      case Float number -> out.fixed32(Float.floatToRawIntBits(number));
      case Double number -> out.fixed64(Double.doubleToRawLongBits(number));
      case Number number -> out.whole(type, number.longValue());
      default -> throw new IllegalArgumentException(value.getClass() + " is no scalar");
    }
  }

  /** A number as free JSON has it; false if it is too great for a double. */
  boolean number(int node, int tag) {
    double value;
    if (parseSimple(node) && decimal.isExactDouble()) {
      value = decimal.float64();
    } else {
      Double parsed = Numbers.float64(tape.text(node));
      if (parsed == null) {
        return false;
      }
      value = parsed;
    }
    out.varint(tag);
    out.fixed64(Double.doubleToRawLongBits(value));
    return true;
  }
}
