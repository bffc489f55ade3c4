package io.bodybroker.sdk.time;

import static org.assertj.core.api.Assertions.assertThat;

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
}
