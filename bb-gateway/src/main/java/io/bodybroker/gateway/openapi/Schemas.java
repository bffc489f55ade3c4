package io.bodybroker.gateway.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import io.bodybroker.gateway.json.WellKnown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * JSON Schemas of messages. Each message and enum becomes a component, made when it is first
 * referred to. Not thread-safe.
 */
final class Schemas {
  private static final String INT64 = "^-?[0-9]+$";

  private final Comments comments;
  private final Map<String, Object> components = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /** The components so far, by the full names of their types. */
  Map<String, Object> components() {
    return components;
  }

  /** A message as JSON has it. */
  Map<String, Object> message(Descriptor type) {
    return switch (WellKnown.of(type)) {
      case TIMESTAMP -> schema("string", "format", "date-time");
      case DURATION -> schema("string", "pattern", "^-?[0-9]+(?:\\.[0-9]{1,9})?s$");
      case FIELD_MASK -> schema("string");
      case WRAPPER -> value(type.findFieldByNumber(1));
      case STRUCT -> schema("object");
      case LIST_VALUE -> schema("array", "items", Map.of());
      case VALUE -> new LinkedHashMap<>();
      case ANY -> any();
      case NONE -> component(type);
    };
  }

  /** A field with its limits and its text. */
  Map<String, Object> field(FieldDescriptor field) {
    var rules = new Rules(field);
    Map<String, Object> schema;
    if (field.isMapField()) {
      var values = value(field.getMessageType().findFieldByNumber(2));
      schema = schema("object", "additionalProperties", values);
      rules.limitCount(schema);
    } else {
      schema = value(field);
      rules.limitValue(schema);
      if (field.isRepeated()) {
        schema = schema("array", "items", schema);
        rules.limitCount(schema);
      }
    }
    describe(schema, field, rules.words());
    return schema;
  }

  /** A message in place, without some of its fields. */
  Map<String, Object> object(Descriptor type, Set<FieldDescriptor> without) {
    var properties = new LinkedHashMap<String, Object>();
    var required = new ArrayList<String>();
    for (FieldDescriptor field : type.getFields()) {
      if (!without.contains(field)) {
        properties.put(field.getJsonName(), field(field));
        if (new Rules(field).isRequired()) {
          required.add(field.getJsonName());
        }
      }
    }
    var schema = schema("object", "properties", properties);
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    describe(schema, type, "");
    return schema;
  }

  private Map<String, Object> component(Descriptor type) {
    if (!components.containsKey(type.getFullName())) {
      components.put(type.getFullName(), Map.of()); // types may hold themselves
      components.put(type.getFullName(), object(type, Set.of()));
    }
    return reference(type.getFullName());
  }

  private Map<String, Object> enumeration(EnumDescriptor type) {
    if (type.getFullName().equals("google.protobuf.NullValue")) {
      return schema("null");
    }
    components.computeIfAbsent(
        type.getFullName(),
        name -> {
          List<String> names = type.getValues().stream().map(EnumValueDescriptor::getName).toList();
          var schema = schema("string", "enum", names);
          describe(schema, type, values(type));
          return schema;
        });
    return reference(type.getFullName());
  }

  private String values(EnumDescriptor type) {
    return type.getValues().stream()
        .filter(value -> !comments.of(value).isEmpty())
        .map(value -> "- `" + value.getName() + "`: " + comments.of(value))
        .collect(Collectors.joining("\n"));
  }

  /** One value of a field, whether it is repeated or not. */
  private Map<String, Object> value(FieldDescriptor field) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> schema("integer", "format", "int32");
      case UINT32, FIXED32 -> {
        var schema = schema("integer", "format", "int64");
        schema.put("minimum", 0);
        schema.put("maximum", 0xffff_ffffL);
        yield schema;
      }
      case INT64, SINT64, SFIXED64 -> number64("int64", INT64);
      case UINT64, FIXED64 -> number64("uint64", "^[0-9]+$");
      case FLOAT -> schema("number", "format", "float");
      case DOUBLE -> schema("number", "format", "double");
      case BOOL -> schema("boolean");
      case STRING -> schema("string");
      case BYTES -> schema("string", "contentEncoding", "base64");
      case ENUM -> enumeration(field.getEnumType());
      case MESSAGE, GROUP -> message(field.getMessageType());
    };
  }

  private static Map<String, Object> number64(String format, String pattern) {
    var schema = schema("string", "format", format);
    schema.put("pattern", pattern);
    return schema;
  }

  private static Map<String, Object> any() {
    var schema = schema("object", "properties", Map.of("@type", schema("string")));
    schema.put("required", List.of("@type"));
    return schema;
  }

  private void describe(Map<String, Object> schema, GenericDescriptor declaration, String more) {
    String comment = comments.of(declaration);
    String text = comment + (comment.isEmpty() || more.isEmpty() ? "" : "\n\n") + more;
    if (!text.isEmpty()) {
      schema.put("description", text);
    }
  }

  static Map<String, Object> reference(String component) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$ref", "#/components/schemas/" + component);
    return schema;
  }

  static Map<String, Object> schema(String type) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", type);
    return schema;
  }

  static Map<String, Object> schema(String type, String key, Object value) {
    var schema = schema(type);
    schema.put(key, value);
    return schema;
  }
}
