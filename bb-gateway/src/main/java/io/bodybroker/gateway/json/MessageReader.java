package io.bodybroker.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.bodybroker.gateway.json.JsonValue.JsonArray;
import io.bodybroker.gateway.json.JsonValue.JsonBoolean;
import io.bodybroker.gateway.json.JsonValue.JsonNull;
import io.bodybroker.gateway.json.JsonValue.JsonNumber;
import io.bodybroker.gateway.json.JsonValue.JsonObject;
import io.bodybroker.gateway.json.JsonValue.JsonString;
import io.bodybroker.gateway.json.JsonValue.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills a message from parsed JSON. A mistake is noted with the path of its field, and reading goes
 * on, so that a caller learns of all at once; what was filled by then is not to be used. One for
 * each text.
 */
final class MessageReader {
  private static final String NULL_VALUE = "google.protobuf.NullValue";

  private final FieldNames names;
  private final AnyTypes anyTypes;
  private final Mistakes mistakes;

  MessageReader(FieldNames names, AnyTypes anyTypes, Mistakes mistakes) {
    this.names = names;
    this.anyTypes = anyTypes;
    this.mistakes = mistakes;
  }

  void read(JsonValue value, Message.Builder builder, String path) {
    Descriptor type = builder.getDescriptorForType();
    WellKnown kind = WellKnown.of(type);
    switch (kind) {
      case TIMESTAMP, DURATION, FIELD_MASK -> readText(kind, value, builder, path);
      case WRAPPER -> readField(value, builder, type.findFieldByNumber(1), path);
      case STRUCT, VALUE, LIST_VALUE -> readFree(kind, value, builder, path);
      case ANY -> anyTypes.read(value, builder, path, this);
      case NONE -> readObject(value, builder, path);
    }
  }

  private void readText(WellKnown kind, JsonValue value, Message.Builder builder, String path) {
    Message parsed =
        value instanceof JsonString string ? FieldText.wellKnown(kind, string.text()) : null;
    if (parsed == null) {
      mistakes.add(path, value, FieldText.expected(kind));
    } else {
      builder.mergeFrom(parsed);
    }
  }

  private void readFree(WellKnown kind, JsonValue value, Message.Builder builder, String path) {
    Message free = FreeJson.read(kind, value);
    if (free == null) {
      mistakes.add(path, value, FieldText.expected(kind));
    } else {
      builder.mergeFrom(free);
    }
  }

  private void readObject(JsonValue value, Message.Builder builder, String path) {
    if (value instanceof JsonObject object) {
      readMembers(object.members(), builder, path);
    } else {
      mistakes.add(path.isEmpty() ? "body" : path, value, "an object");
    }
  }

  void readMembers(List<Member> members, Message.Builder builder, String path) {
    Descriptor type = builder.getDescriptorForType();
    String prefix = path.isEmpty() ? "" : path + ".";
    Set<FieldDescriptor> seen = new HashSet<>();
    for (Member member : members) {
      FieldDescriptor field = names.find(type, member.name());
      if (field == null) {
        String expected = FieldNames.expected(type);
        mistakes.add(prefix + member.name(), member.value().describe(), expected, member.offset());
        continue;
      }
      String name = prefix + field.getName();
      var oneof = field.getRealContainingOneof();
      if (!seen.add(field)) {
        mistakes.add(name, shown(member.value(), field), "each field once", member.offset());
      } else if (oneof != null && builder.hasOneof(oneof)) {
        String expected = "only one of the fields of " + oneof.getName();
        mistakes.add(name, shown(member.value(), field), expected, member.offset());
      } else {
        readField(member.value(), builder, field, name);
      }
    }
  }

  /** {@code null} is as good as leaving the field out, but where it is a value itself. */
  void readField(JsonValue value, Message.Builder builder, FieldDescriptor field, String path) {
    if (value instanceof JsonNull && (field.isRepeated() || !isNullAValue(field))) {
      return;
    }
    if (field.isMapField()) {
      readMap(value, builder, field, path);
    } else if (field.isRepeated()) {
      readArray(value, builder, field, path);
    } else {
      Object single = readSingle(value, builder, field, path);
      if (single != null) {
        builder.setField(field, single);
      }
    }
  }

  private void readArray(
      JsonValue value, Message.Builder builder, FieldDescriptor field, String path) {
    if (!(value instanceof JsonArray array)) {
      mistakes.add(path, shown(value, field), "an array", value.offset());
      return;
    }
    int index = 0;
    for (JsonValue element : array.elements()) {
      Object single = readSingle(element, builder, field, path + "[" + index++ + "]");
      if (single != null) {
        builder.addRepeatedField(field, single);
      }
    }
  }

  private void readMap(
      JsonValue value, Message.Builder builder, FieldDescriptor field, String path) {
    if (!(value instanceof JsonObject object)) {
      mistakes.add(path, value, "an object");
      return;
    }
    FieldDescriptor keyField = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
    Set<Object> seen = new HashSet<>();
    for (Member member : object.members()) {
      Message.Builder entry = builder.newBuilderForField(field);
      String entryPath = path + "[\"" + member.name() + "\"]";
      Object key = FieldText.parse(entry, keyField, member.name());
      if (key == null) {
        mistakes.add(entryPath, member.name(), FieldText.expected(keyField), member.offset());
        continue;
      }
      if (!seen.add(key)) { // "1" and "1.0" are two names in JSON, but one key
        mistakes.add(entryPath, member.value().describe(), "each key once", member.offset());
        continue;
      }
      Object single = readSingle(member.value(), entry, valueField, entryPath);
      if (single != null) {
        entry.setField(keyField, key).setField(valueField, single);
        builder.addRepeatedField(field, entry.build());
      }
    }
  }

  private @Nullable Object readSingle(
      JsonValue value, Message.Builder owner, FieldDescriptor field, String path) {
    if (value instanceof JsonNull && !isNullAValue(field)) {
      mistakes.add(path, value, FieldText.expected(field));
      return null;
    }
    if (field.getJavaType() == JavaType.MESSAGE) {
      Message.Builder builder = owner.newBuilderForField(field);
      read(value, builder, path);
      return builder.build();
    }
    Object scalar = scalar(value, field);
    if (scalar == null) {
      mistakes.add(path, shown(value, field), FieldText.expected(field), value.offset());
    }
    return scalar;
  }

  /** What came, but for a field that is a secret by its contract ({@code debug_redact}). */
  private static String shown(JsonValue value, FieldDescriptor field) {
    return field.getOptions().getDebugRedact() ? FieldText.NOT_SHOWN : value.describe();
  }

  private static @Nullable Object scalar(JsonValue value, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> value instanceof JsonString string ? string.text() : null;
      case BOOLEAN -> value instanceof JsonBoolean bool ? bool.value() : null;
      case BYTE_STRING ->
          value instanceof JsonString string ? FieldText.bytes(string.text()) : null;
      case ENUM -> constant(value, field);
      case INT, LONG, FLOAT, DOUBLE ->
          switch (value) {
            case JsonNumber number -> FieldText.number(field, number.text());
            case JsonString string -> FieldText.number(field, string.text());
            default -> null;
          };
      case MESSAGE -> throw new IllegalArgumentException(field.getFullName() + " is no scalar");
    };
  }

  private static @Nullable EnumValueDescriptor constant(JsonValue value, FieldDescriptor field) {
    var type = field.getEnumType();
    return switch (value) {
      case JsonString string -> type.findValueByName(string.text());
      case JsonNumber number -> FieldText.constantByNumber(type, number.text());
      case JsonNull nothing -> type.findValueByNumber(0);
      default -> null;
    };
  }

  private static boolean isNullAValue(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> WellKnown.of(field.getMessageType()) == WellKnown.VALUE;
      case ENUM -> field.getEnumType().getFullName().equals(NULL_VALUE);
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> false;
    };
  }
}
