package io.bodybroker.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.error.ErrorCode;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ApiResponse;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JetStreamCodesTest {
  private static final class Refusal extends ApiResponse<Refusal> {
    Refusal(JsonValue answer) {
      super(answer);
    }
  }

  /** As nats-server 2.10 to 2.12 answer a publish. */
  @ParameterizedTest
  @CsvSource({
    "400, 10002, resource limits exceeded for account, RESOURCE_EXHAUSTED, false",
    "503, 10023, insufficient resources, RESOURCE_EXHAUSTED, false",
    "500, 10047, insufficient storage resources available, RESOURCE_EXHAUSTED, false",
    "400, 10054, message size exceeds maximum allowed, RESOURCE_EXHAUSTED, false",
    "503, 10077, maximum bytes exceeded, RESOURCE_EXHAUSTED, false",
    "503, 10077, maximum messages exceeded, RESOURCE_EXHAUSTED, false",
    "503, 10077, maximum messages per subject exceeded, RESOURCE_EXHAUSTED, false",
    "503, 10077, store is closed, UNAVAILABLE, true",
    "409, 10158, duplicate message id is in process, UNAVAILABLE, true",
    "503, 10163, expected last sequence per subject temporarily unavailable, UNAVAILABLE, false",
    "400, 10071, wrong last sequence: 7, ABORTED, false",
    "400, 10005, no suitable peers for placement, UNAVAILABLE, false",
    "400, 10003, bad request, INTERNAL, false"
  })
  void tellsWhatARefusalMeansAndWhetherTheMessageMayBeThere(
      int status, int error, String description, ErrorCode code, boolean mayHaveExecuted)
      throws JsonParseException {
    var refusal =
        new Refusal(
            JsonParser.parse(
                """
                {"error": {"code": %d, "err_code": %d, "description": "%s"}}
                """
                    .formatted(status, error, description)));

    var exception = catchThrowableOfType(JetStreamApiException.class, refusal::throwOnHasError);

    var told = JetStreamCodes.toError("stream ECHO", exception);

    assertThat(told.code()).isEqualTo(code);
    assertThat(told.mayHaveExecuted()).isEqualTo(mayHaveExecuted);
    assertThat(told.message()).isEqualTo("stream ECHO: " + description);
  }
}
