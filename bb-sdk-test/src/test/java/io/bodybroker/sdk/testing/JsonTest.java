package io.bodybroker.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Struct;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void hasEveryKindOfValue() {
    var object =
        Json.object(
            "text",
            "a",
            "number",
            1,
            "fraction",
            0.5,
            "yes",
            true,
            "nothing",
            null,
            "list",
            List.of(1, "b"),
            "map",
            Map.of("in", "it"),
            "object",
            Json.object("in", "it"));

    assertThat(object.getFieldsOrThrow("text").getStringValue()).isEqualTo("a");
    assertThat(object.getFieldsOrThrow("number").getNumberValue()).isEqualTo(1);
    assertThat(object.getFieldsOrThrow("fraction").getNumberValue()).isEqualTo(0.5);
    assertThat(object.getFieldsOrThrow("yes").getBoolValue()).isTrue();
    assertThat(object.getFieldsOrThrow("nothing").hasNullValue()).isTrue();
    assertThat(object.getFieldsOrThrow("list").getListValue().getValuesList())
        .containsExactly(Json.value(1), Json.value("b"));
    assertThat(object.getFieldsOrThrow("map")).isEqualTo(object.getFieldsOrThrow("object"));
    assertThat(Json.object()).isEqualTo(Struct.getDefaultInstance());
  }

  @Test
  void wantsAValueForEachName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.object("a", 1, "b"))
        .withMessage("names and values: 3 (expected: as many of both)");
  }
}
