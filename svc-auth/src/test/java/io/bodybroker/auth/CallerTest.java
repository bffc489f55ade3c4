package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.auth.v1.CheckRateLimitRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
  private static Caller of(String address) {
    return Caller.of(CheckRateLimitRequest.newBuilder().setAddress(address).build());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:0DB8::1, 2001:db8:0:0:0:0:0:1",
    "2001:db8:0:0::1, 2001:db8:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void isOneAddressHoweverItIsWritten(String given, String plain) {
    assertThat(of(given).key()).isEqualTo("address/" + plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"999.1.1.1", "01.2.3.4", "1.2.3", "abc", "1234", "1::2::3", ":", "::g"})
  void isNothingThatIsNoAddressNorLookedUpAsAName(String given) {
    var error = catchThrowableOfType(ServiceException.class, () -> of(given));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.fieldViolations().getFirst().field()).isEqualTo("address");
  }

  @Test
  void isAPlayerByName() {
    assertThat(Caller.of(CheckRateLimitRequest.newBuilder().setPlayerId("ada").build()).key())
        .isEqualTo("player/ada");
  }
}
