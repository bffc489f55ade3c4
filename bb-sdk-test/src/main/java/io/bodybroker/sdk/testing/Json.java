package io.bodybroker.sdk.testing;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as tests write it: maps, lists, strings, numbers, booleans, {@code null}.
 *
 * <p>{@code object("name", "Ada", "tags", List.of("new"))} is {@code {"name": "Ada", "tags":
 * ["new"]}}.
 */
public final class Json {
  private Json() {}

  /**
   * An object of names and values in turn; values as {@link #value} takes them.
   *
   * @throws IllegalArgumentException if the last name has no value
   */
  public static Struct object(@Nullable Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "names and values: %d (expected: as many of both)".formatted(namesAndValues.length));
    }
    var object = Struct.newBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.putFields(String.valueOf(namesAndValues[i]), value(namesAndValues[i + 1]));
    }
    return object.build();
  }

  /**
   * One value. A {@code Value} or {@code Struct} is taken as it is; what is none of JSON is taken
   * as its text.
   */
  public static Value value(@Nullable Object plain) {
    var value = Value.newBuilder();
    return switch (plain) {
      case null -> value.setNullValue(NullValue.NULL_VALUE).build();
      case Value ready -> ready;
      case Struct object -> value.setStructValue(object).build();
      case Map<?, ?> map -> {
        var object = Struct.newBuilder();
        map.forEach((name, member) -> object.putFields(String.valueOf(name), value(member)));
        yield value.setStructValue(object).build();
      }
      case List<?> list -> {
        var items = ListValue.newBuilder();
        list.forEach(item -> items.addValues(value(item)));
        yield value.setListValue(items).build();
      }
      case Boolean bool -> value.setBoolValue(bool).build();
      case Number number -> value.setNumberValue(number.doubleValue()).build();
      default -> value.setStringValue(plain.toString()).build();
    };
  }
}
