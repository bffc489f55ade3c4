package io.bodybroker.statemanager;

import static io.bodybroker.sdk.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateRulesTest {
  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(object("x", Double.NaN), "state.x", "NaN", "a finite number"),
        arguments(
            object("a", List.of(1, Double.POSITIVE_INFINITY)),
            "state.a[1]",
            "Infinity",
            "a finite number"),
        arguments(
            object("a", object("b", Value.getDefaultInstance())),
            "state.a.b",
            "",
            "null, a number, string, boolean, object or list"),
        arguments(nested(17), "state" + ".o".repeat(16), "level 17", "at most 16 levels"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void namesPlaceValueAndWhatWouldBeRight(
      Struct state, String field, String value, String expected) {
    var error = catchThrowableOfType(ServiceException.class, () -> StateRules.check(state));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.fieldViolations()).containsExactly(new FieldViolation(field, value, expected));
  }

  @Test
  void acceptsWhatIsWithinTheLimits() {
    assertThatCode(() -> StateRules.check(nested(16))).doesNotThrowAnyException();
    assertThatCode(() -> StateRules.check(Struct.getDefaultInstance())).doesNotThrowAnyException();
    StateRules.checkSize(object("text", "x".repeat(StateRules.MAX_BYTES - 100)));
  }

  @Test
  void refusesADocumentThatGrewTooLarge() {
    var document = object("text", "x".repeat(StateRules.MAX_BYTES));
    var error = catchThrowableOfType(ServiceException.class, () -> StateRules.checkSize(document));
    assertThat(error.message())
        .isEqualTo("state: 262162 bytes once written (expected: at most 262144 bytes)");
  }

  private static Struct nested(int levels) {
    var object = object();
    for (int i = 1; i < levels; i++) {
      object = object("o", object);
    }
    return object;
  }
}
