package io.bodybroker.gateway.json;

import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.gateway.json.JsonValue.JsonArray;
import io.bodybroker.gateway.json.JsonValue.JsonBoolean;
import io.bodybroker.gateway.json.JsonValue.JsonNull;
import io.bodybroker.gateway.json.JsonValue.JsonNumber;
import io.bodybroker.gateway.json.JsonValue.JsonObject;
import io.bodybroker.gateway.json.JsonValue.JsonString;
import io.bodybroker.gateway.json.JsonValue.Member;
import org.jspecify.annotations.Nullable;

/** JSON kept as JSON, in protobuf's {@code Struct}, {@code ListValue} and {@code Value}. */
final class FreeJson {
  private FreeJson() {}

  /** Null if the value is not of that kind, or a number too great for a double. */
  static @Nullable Message read(WellKnown kind, JsonValue value) {
    Value free = value(value);
    if (free == null) {
      return null;
    }
    return switch (kind) {
      case VALUE -> free;
      case STRUCT -> free.hasStructValue() ? free.getStructValue() : null;
      case LIST_VALUE -> free.hasListValue() ? free.getListValue() : null;
      case TIMESTAMP, DURATION, FIELD_MASK, WRAPPER, ANY, NONE -> null;
    };
  }

  private static @Nullable Value value(JsonValue value) {
    var free = Value.newBuilder();
    return switch (value) {
      case JsonNull nothing -> free.setNullValue(NullValue.NULL_VALUE).build();
      case JsonBoolean bool -> free.setBoolValue(bool.value()).build();
      case JsonString string -> free.setStringValue(string.text()).build();
      case JsonNumber number -> {
        Double parsed = Numbers.float64(number.text());
        yield parsed == null ? null : free.setNumberValue(parsed).build();
      }
      case JsonArray array -> {
        ListValue list = list(array);
        yield list == null ? null : free.setListValue(list).build();
      }
      case JsonObject object -> {
        Struct struct = struct(object);
        yield struct == null ? null : free.setStructValue(struct).build();
      }
    };
  }

  private static @Nullable ListValue list(JsonArray array) {
    var list = ListValue.newBuilder();
    for (JsonValue element : array.elements()) {
      Value free = value(element);
      if (free == null) {
        return null;
      }
      list.addValues(free);
    }
    return list.build();
  }

  private static @Nullable Struct struct(JsonObject object) {
    var struct = Struct.newBuilder();
    for (Member member : object.members()) {
      Value free = value(member.value());
      if (free == null) {
        return null;
      }
      struct.putFields(member.name(), free);
    }
    return struct.build();
  }
}
