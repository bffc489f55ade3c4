package io.bodybroker.gateway.json;

/**
 * JSON kept as JSON, in protobuf's {@code Struct}, {@code ListValue} and {@code Value}. Numbers of
 * the fields are those of {@code google/protobuf/struct.proto}.
 */
final class FreeJson {
  private static final int NULL = 1 << 3;
  private static final int NUMBER = 2 << 3 | WireInput.FIXED64;
  private static final int TEXT = 3 << 3 | WireInput.DELIMITED;
  private static final int BOOL = 4 << 3;
  private static final int OBJECT = 5 << 3 | WireInput.DELIMITED;
  private static final int ARRAY = 6 << 3 | WireInput.DELIMITED;

  /** Entries of an object, elements of an array, and the key of an entry. */
  private static final int PART = 1 << 3 | WireInput.DELIMITED;

  private static final int ENTRY_VALUE = 2 << 3 | WireInput.DELIMITED;

  private final JsonTape tape;
  private final WireOutput out;
  private final ScalarReader scalars;

  FreeJson(JsonTape tape, WireOutput out, ScalarReader scalars) {
    this.tape = tape;
    this.out = out;
    this.scalars = scalars;
  }

  /** False if the value is not of that kind, or a number in it too great for a double. */
  boolean read(WellKnown kind, int node) {
    return switch (kind) {
      case VALUE -> value(node);
      case STRUCT -> tape.kind(node) == JsonTape.OBJECT && members(node);
      case LIST_VALUE -> tape.kind(node) == JsonTape.ARRAY && elements(node);
      case TIMESTAMP, DURATION, FIELD_MASK, WRAPPER, ANY, NONE -> false;
    };
  }

  private boolean value(int node) {
    return switch (tape.kind(node)) {
      case JsonTape.OBJECT, JsonTape.ARRAY -> nested(node);
      case JsonTape.STRING, JsonTape.ESCAPED_STRING -> text(node);
      case JsonTape.NUMBER -> scalars.number(node, NUMBER);
      case JsonTape.TRUE -> put(BOOL, 1);
      case JsonTape.FALSE -> put(BOOL, 0);
      default -> put(NULL, 0);
    };
  }

  private boolean text(int node) {
    out.varint(TEXT);
    tape.copyText(node, out);
    return true;
  }

  private boolean put(int tag, int value) {
    out.varint(tag);
    out.varint(value);
    return true;
  }

  private boolean nested(int node) {
    boolean isObject = tape.kind(node) == JsonTape.OBJECT;
    out.varint(isObject ? OBJECT : ARRAY);
    int start = out.begin();
    boolean isGood = isObject ? members(node) : elements(node);
    out.end(start);
    return isGood;
  }

  private boolean elements(int array) {
    boolean isGood = true;
    for (int i = JsonTape.first(array); i < tape.end(array); i = tape.next(i)) {
      out.varint(PART);
      int start = out.begin();
      isGood &= value(i);
      out.end(start);
    }
    return isGood;
  }

  private boolean members(int object) {
    boolean isGood = true;
    int next;
    for (int name = JsonTape.first(object); name < tape.end(object); name = next) {
      int value = tape.next(name);
      next = tape.next(value);
      out.varint(PART);
      int entry = out.begin();
      out.varint(PART);
      tape.copyText(name, out);
      out.varint(ENTRY_VALUE);
      int start = out.begin();
      isGood &= value(value);
      out.end(start);
      out.end(entry);
    }
    return isGood;
  }
}
