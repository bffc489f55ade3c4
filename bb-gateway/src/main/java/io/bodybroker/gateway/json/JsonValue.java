package io.bodybroker.gateway.json;

import java.util.List;

/** Parsed JSON that remembers where in the text each value began. */
sealed interface JsonValue {
  /** Index of the value's first character in the text. */
  int offset();

  record JsonObject(int offset, List<Member> members) implements JsonValue {}

  record JsonArray(int offset, List<JsonValue> elements) implements JsonValue {}

  record JsonString(int offset, String text) implements JsonValue {}

  /** The digits as they stand in the text: what they become depends on the field. */
  record JsonNumber(int offset, String text) implements JsonValue {}

  record JsonBoolean(int offset, boolean value) implements JsonValue {}

  record JsonNull(int offset) implements JsonValue {}

  /** One {@code "name": value} of an object. */
  record Member(int offset, String name, JsonValue value) {}

  /** The value in a few words, for errors. */
  default String describe() {
    return switch (this) {
      case JsonObject object -> "an object";
      case JsonArray array -> "an array";
      case JsonString string -> '"' + string.text() + '"';
      case JsonNumber number -> number.text();
      case JsonBoolean bool -> String.valueOf(bool.value());
      case JsonNull nothing -> "null";
    };
  }
}
