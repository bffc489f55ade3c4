package io.bodybroker.sdk.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoTimesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-11-23T16:45:01.123456789Z",
        "1969-12-31T23:59:59.5Z"
      })
  void keepsInstants(String text) {
    Instant instant = Instant.parse(text);

    assertThat(ProtoTimes.instant(ProtoTimes.timestamp(instant))).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0, 0",
    "PT1.5S, 1, 500000000",
    "PT-0.5S, 0, -500000000",
    "PT-1.5S, -1, -500000000",
    "PT-2S, -2, 0"
  })
  void writesDurationsAsProtobufWantsThem(Duration duration, long seconds, int nanos) {
    var written = ProtoTimes.duration(duration);

    assertThat(written.getSeconds()).isEqualTo(seconds);
    assertThat(written.getNanos()).isEqualTo(nanos);
    assertThat(ProtoTimes.duration(written)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.001S", "PT1S", "PT1M"})
  void takesDurationsWithinBounds(Duration duration) {
    assertThat(
            ProtoTimes.within(
                "lifetime",
                ProtoTimes.duration(duration),
                Duration.ofMillis(1),
                Duration.ofMinutes(1)))
        .isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0s",
    "0, 999999, 0.000999999s",
    "-1, 0, -1s",
    "60, 1, 60.000000001s",
    "10000000000, 0, 10000000000s",
    "9223372036854775807, 999999999, 9223372036854775807.999999999s",
    "9223372036854775807, 2147483647, 9223372036854775809.147483647s",
    "-9223372036854775808, -2147483648, -9223372036854775810.147483648s"
  })
  void refusesDurationsOutsideByName(long seconds, int nanos, String shown) {
    var given =
        com.google.protobuf.Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();

    assertThatThrownBy(
            () -> ProtoTimes.within("lifetime", given, Duration.ofMillis(1), Duration.ofMinutes(1)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
              assertThat(refused).hasMessageContainingAll("lifetime", shown, "0.001s to 60s");
            });
  }
}
