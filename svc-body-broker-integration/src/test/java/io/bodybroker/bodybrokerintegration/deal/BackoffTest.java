package io.bodybroker.bodybrokerintegration.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({"0, 200", "1, 400", "4, 3200", "7, 25600", "8, 30000", "1000, 30000"})
  void doublesUpToThirtySeconds(int failures, long millis) {
    assertThat(Backoff.after(failures)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED_PRECONDITION, SERVER, true",
    "OUT_OF_RANGE, SERVER, true",
    "PERMISSION_DENIED, SERVER, true",
    "PERMISSION_DENIED, CLIENT, false",
    "UNAVAILABLE, SERVER, false",
    "DEADLINE_EXCEEDED, CLIENT, false",
    "INTERNAL, SERVER, false",
    "UNIMPLEMENTED, SERVER, false",
    "ABORTED, SERVER, false",
    "RESOURCE_EXHAUSTED, SERVER, false"
  })
  void isNotForWhatIsRefusedForGood(ErrorCode code, ErrorOrigin origin, boolean forGood) {
    var error = ServiceException.builder(code, "no").origin(origin).build();
    assertThat(Refusal.isForGood(error)).isEqualTo(forGood);
  }
}
