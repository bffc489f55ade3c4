package io.bodybroker.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          /v1/%         ~ two hex digits after '%'
          /v1/%4        ~ two hex digits after '%'
          /v1/%zz       ~ two hex digits after '%'
          /v1/%FF       ~ percent-encoded UTF-8
          /v1/%C3       ~ percent-encoded UTF-8
          /v1/%C0%AF    ~ percent-encoded UTF-8
          /v1/%ED%A0%80 ~ percent-encoded UTF-8
          /v1/.         ~ no segment "." or ".."
          /v1/../v1     ~ no segment "." or ".."
          /v1/%2e%2E/v1 ~ no segment "." or ".."
          /v1/a%00      ~ no control characters
          /v1/%0Ab/c    ~ no control characters
          /v1/%C2%85    ~ no control characters
          /v1/a|b       ~ '|' percent-encoded
          /v1/>         ~ '>' percent-encoded
          v1            ~ a path that starts with '/'
          """)
  void refusesWhatIsNoPath(String raw, String expected) {
    var refused = catchThrowableOfType(ServiceException.class, () -> RequestPath.parse(raw));

    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused.mayHaveExecuted()).isFalse();
    assertThat(refused.fieldViolations())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("path");
          assertThat(violation.expected()).isEqualTo(expected);
        });
  }
}
