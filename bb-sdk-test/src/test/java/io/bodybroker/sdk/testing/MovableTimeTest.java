package io.bodybroker.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MovableTimeTest {
  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void standsStillUntilItIsMoved() {
    var time = MovableTime.still();
    assertThat(time.instant()).isEqualTo(BEGIN);
    time.pass(Duration.ofHours(1));
    assertThat(time.instant()).isEqualTo(BEGIN.plusSeconds(3600));
    time.pass(Duration.ofHours(-2));
    assertThat(time.instant()).isEqualTo(BEGIN.minusSeconds(3600));
    time.set(BEGIN);
    assertThat(time.instant()).isEqualTo(BEGIN);
  }

  @Test
  void runsAndCanBeMoved() {
    var time = MovableTime.running();
    var first = time.instant();
    assertThat(first).isBetween(BEGIN, BEGIN.plusSeconds(60));
    Await.until(Duration.ofSeconds(5), "time to pass", () -> time.instant().isAfter(first));
    time.pass(Duration.ofDays(1));
    assertThat(time.instant()).isAfter(BEGIN.plus(Duration.ofDays(1)));
    time.set(BEGIN);
    assertThat(time.instant()).isBetween(BEGIN, BEGIN.plusSeconds(60));
  }
}
