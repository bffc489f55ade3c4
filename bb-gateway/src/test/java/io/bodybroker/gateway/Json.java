package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.net.http.HttpResponse;

/** Reads JSON by a parser that is not the gateway's own. */
final class Json {
  private Json() {}

  static Struct parse(String json) {
    var struct = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(json, struct);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no JSON object: " + json, e);
    }
    return struct.build();
  }

  /**
   * The text at a path of names and indexes, such as {@code fieldViolations.0.field}; empty if
   * there is none.
   */
  static String text(String json, String path) {
    Value value = Value.newBuilder().setStructValue(parse(json)).build();
    for (String step : path.split("\\.", -1)) {
      value =
          value.hasListValue()
              ? value.getListValue().getValues(Integer.parseInt(step))
              : value.getStructValue().getFieldsOrDefault(step, Value.getDefaultInstance());
    }
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> String.valueOf((long) value.getNumberValue());
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case STRING_VALUE -> value.getStringValue();
      default -> "";
    };
  }

  static void assertText(HttpResponse<String> response, String path, String expected) {
    assertThat(text(response.body(), path)).as(path + " of " + response.body()).isEqualTo(expected);
  }
}
