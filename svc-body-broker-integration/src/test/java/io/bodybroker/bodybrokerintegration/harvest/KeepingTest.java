package io.bodybroker.bodybrokerintegration.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.bodybrokerintegration.v1.Preservation;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepingTest {
  private static Keeping kept(Preservation preservation) {
    return new Keeping(1_000, Keeping.PLAIN.plus(Keeping.extra(preservation)));
  }

  @ParameterizedTest
  @CsvSource({
    "PRESERVATION_UNSPECIFIED, 0, 1, false, false",
    "PRESERVATION_UNSPECIFIED, 6, 0.75, false, false",
    "PRESERVATION_UNSPECIFIED, 18, 0.25, false, false",
    "PRESERVATION_UNSPECIFIED, 19, 0.20833333333, true, false",
    "PRESERVATION_UNSPECIFIED, 24, 0, true, true",
    "PRESERVATION_UNSPECIFIED, 500, 0, true, true",
    "PRESERVATION_UNSPECIFIED, -5, 1, false, false",
    "FORMALDEHYDE, 24, 0.5, false, false",
    "FORMALDEHYDE, 48, 0, true, true",
    "CRYOGENIC, 96, 0.5, false, false",
    "CRYOGENIC, 192, 0, true, true"
  })
  void decaysEvenlyOverGameTime(
      Preservation preservation, long hours, double freshness, boolean alert, boolean decayed) {
    var keeping = kept(preservation);
    long now = 1_000 + Duration.ofHours(hours).toMillis();
    assertThat(keeping.freshness(now)).isCloseTo(freshness, within(1e-9));
    assertThat(keeping.isAlert(now)).isEqualTo(alert);
    assertThat(keeping.isDecayed(now)).isEqualTo(decayed);
  }

  @Property(tries = 300)
  void isNeverFresherLater(
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long one,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long other) {
    var keeping = kept(Preservation.FORMALDEHYDE);
    assertThat(keeping.freshness(Math.max(one, other)))
        .isBetween(0.0, keeping.freshness(Math.min(one, other)));
  }
}
