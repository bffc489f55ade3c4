package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the quick way of reading times and durations against the thorough one. */
class TimeReaderTest {
  private static final long SEED = 20261127;

  private final JsonCodec codec = new JsonCodec(TypeRegistry.getEmptyTypeRegistry());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999999Z",
        "2000-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-02-28T24:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T00:60:00Z",
        "2016-12-31T23:59:60Z",
        "1969-12-31T23:59:59.000000001Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567891Z",
        "2026-01-01T00:00:00.5+01:00",
        "2026-01-01t00:00:00Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00",
        "+2026-01-01T00:00:00Z",
        "Z",
        ""
      })
  void readsTimes(String text) {
    assertThat(read(Timestamp.newBuilder(), text)).isEqualTo(Rfc3339.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0s",
        "-0s",
        "-0.5s",
        "1.000000001s",
        "-1.000000001s",
        "007s",
        "315576000000s",
        "-315576000000s",
        "315576000000.000000001s",
        "999999999999s",
        "1234567890123s",
        "0.1234567891s",
        "1.s",
        ".5s",
        "+1s",
        "1",
        "s",
        "-s",
        "-",
        "1s ",
        ""
      })
  void readsDurations(String text) {
    assertThat(read(Duration.newBuilder(), text))
        .isEqualTo(FieldText.wellKnown(WellKnown.DURATION, text));
  }

  @Test
  void readsRandomTimesAndDurations() {
    var random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      String time =
          "%04d-%02d-%02dT%02d:%02d:%02d.%dZ"
              .formatted(
                  random.nextInt(10_000),
                  random.nextInt(14),
                  random.nextInt(33),
                  random.nextInt(25),
                  random.nextInt(61),
                  random.nextInt(61),
                  random.nextInt(1_000_000_000));
      readsTimes(time);
      readsDurations("%d.%ds".formatted(random.nextLong(-400_000_000_000L, 400_000_000_000L), i));
    }
  }

  private @Nullable Message read(Message.Builder builder, String text) {
    try {
      codec.read(('"' + text + '"').getBytes(UTF_8), builder);
      return builder.build();
    } catch (ServiceException e) {
      return null;
    }
  }
}
