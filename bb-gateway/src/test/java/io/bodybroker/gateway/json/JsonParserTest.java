package io.bodybroker.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.TypeRegistry;
import io.bodybroker.gateway.test.v1.Everything;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {
  private final JsonCodec codec = new JsonCodec(TypeRegistry.getEmptyTypeRegistry());

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {                         ~ 1 ~ 2  ~ the end (expected: a name in quotes or '}')
          {"a"}                     ~ 1 ~ 5  ~ '}' (expected: ':')
          {"a":}                    ~ 1 ~ 6  ~ '}' (expected: a value)
          {"a":1,}                  ~ 1 ~ 8  ~ '}' (expected: a name in quotes)
          {"a":1 "b":2}             ~ 1 ~ 8  ~ '"' (expected: ',' or '}')
          {\\n  "a": 1,\\n  b: 2\\n}  ~ 3 ~ 3  ~ 'b' (expected: a name in quotes)
          {"a":1}x                  ~ 1 ~ 8  ~ 'x' (expected: the end)
          {"a":1,"a":2}             ~ 1 ~ 8  ~ "a" a second time
          {'a':1}                   ~ 1 ~ 2  ~ ''' (expected: a name in quotes or '}')
          {"a":[1,2}                ~ 1 ~ 10 ~ '}' (expected: ',' or ']')
          {"a":[1,]}                ~ 1 ~ 9  ~ ']' (expected: a value)
          {"a":01}                  ~ 1 ~ 7  ~ '1' (expected: ',' or '}')
          {"a":1.}                  ~ 1 ~ 8  ~ '}' (expected: a digit)
          {"a":.5}                  ~ 1 ~ 6  ~ '.' (expected: a value)
          {"a":+1}                  ~ 1 ~ 6  ~ '+' (expected: a value)
          {"a":1e}                  ~ 1 ~ 8  ~ '}' (expected: a digit)
          {"a":NaN}                 ~ 1 ~ 6  ~ 'N' (expected: a value)
          {"a":nul}                 ~ 1 ~ 6  ~ 'n' (expected: a value)
          {"a":True}                ~ 1 ~ 6  ~ 'T' (expected: a value)
          {"ä":"                    ~ 1 ~ 7  ~ the end (expected: '"')
          {"a":"\\t"}               ~ 1 ~ 7  ~ character U+0009 (expected: control characters escaped)
          {"a":"\\\\x"}             ~ 1 ~ 8  ~ 'x' (expected: one of " \\\\ / b f n r t u after '\\\\')
          {"a":"\\\\u12G4"}         ~ 1 ~ 11 ~ 'G' (expected: four hex digits after '\\\\u')
          {"a":"\\\\ud800"}         ~ 1 ~ 13 ~ '"' (expected: a pair of surrogates)
          /* c */{}                 ~ 1 ~ 1  ~ '/' (expected: a value)
          """)
  void saysWhereItIsNoJson(String escaped, int line, int column, String message) {
    String json = escaped.translateEscapes();

    var refused = refusal(json.getBytes(StandardCharsets.UTF_8));

    assertThat(refused.message())
        .isEqualTo(
            "the body is not JSON: line %d, column %d: %s",
            line, column, message.translateEscapes());
    assertThat(refused.details())
        .containsEntry("line", String.valueOf(line))
        .containsEntry("column", String.valueOf(column));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] json = "{\"text\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(refusal(json).message()).isEqualTo("the body is not JSON: it is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 100_000})
  void refusesWhatIsNestedTooDeep(int levels) {
    String json = "{\"values\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";

    assertThat(refusal(json.getBytes(StandardCharsets.UTF_8)).message())
        .contains("(expected: at most 100 levels)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " \t\r\n{ } ",
        "{\"text\":\"\\u00e4\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
        "{\"number\":-0.5E+3,\"small\":0,\"flag\":false,\"book\":null}",
        "{\"text\":\"\u007f\u2028\ud83d\ude00\"}"
      })
  void takesWhatIsJson(String json) {
    assertThatCode(() -> codec.read(json.getBytes(StandardCharsets.UTF_8), Everything.newBuilder()))
        .doesNotThrowAnyException();
  }

  private ServiceException refusal(byte[] json) {
    var refused =
        catchThrowableOfType(
            ServiceException.class, () -> codec.read(json, Everything.newBuilder()));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused.mayHaveExecuted()).isFalse();
    return refused;
  }
}
