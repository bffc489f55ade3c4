package io.bodybroker.gateway.openapi;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** As much of JSON Schema as the document uses, to hold JSON against it. */
final class SchemaCheck {
  /** Floating point numbers that JSON has no number for travel as texts; schemas do not say so. */
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private final Document document;
  private final List<String> violations = new ArrayList<>();

  SchemaCheck(Document document) {
    this.document = document;
  }

  /** What is wrong with a JSON text by the schema that a pointer leads to. */
  List<String> violations(String schema, String json) {
    violations.clear();
    var value = Value.newBuilder();
    try {
      JsonFormat.parser().merge(json, value);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
    check(document.at(schema), value.build(), "");
    return List.copyOf(violations);
  }

  private void check(@Nullable Object node, Value value, String path) {
    Map<String, Object> schema = Document.map(node);
    if (schema.get("$ref") instanceof String reference) {
      check(document.at(reference.substring(1)), value, path);
      return;
    }
    if (schema.get("type") instanceof String type && !isOf(type, value)) {
      violations.add(path + " is no " + type);
      return;
    }
    if (schema.get("enum") instanceof List<?> names && !names.contains(value.getStringValue())) {
      violations.add(path + " is none of " + names);
    }
    if (schema.get("pattern") instanceof String pattern
        && !value.getStringValue().matches(pattern)) {
      violations.add(path + " does not match " + pattern);
    }
    for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
      if (schema.containsKey("items")) {
        check(schema.get("items"), value.getListValue().getValues(i), path + "[" + i + "]");
      }
    }
    checkMembers(schema, value.getStructValue().getFieldsMap(), path);
  }

  private void checkMembers(Map<String, Object> schema, Map<String, Value> members, String path) {
    Map<String, Object> properties =
        schema.get("properties") == null ? Map.of() : Document.map(schema.get("properties"));
    members.forEach((name, member) -> {
      String at = path + "." + name;
      if (properties.containsKey(name)) {
        check(properties.get(name), member, at);
      } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
        check(others, member, at);
      } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
        violations.add(at + " is not in the schema");
      }
    });
  }

  private static boolean isOf(String type, Value value) {
    return switch (type) {
      case "object" -> value.hasStructValue();
      case "array" -> value.hasListValue();
      case "string" -> value.hasStringValue();
      case "boolean" -> value.hasBoolValue();
      case "null" -> value.hasNullValue();
      case "integer" ->
          value.hasNumberValue() && value.getNumberValue() == Math.rint(value.getNumberValue());
      case "number" -> value.hasNumberValue() || NO_NUMBERS.contains(value.getStringValue());
      default -> throw new AssertionError("type " + type);
    };
  }
}
