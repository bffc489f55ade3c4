package io.bodybroker.sdk.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.v1.AppliedEvents;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdempotentEventTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private static IdempotentEvent event(int number) {
    return IdempotentEvent.of(
        new Delivery("event:" + number, "evt.a.b.v1", "A", number, 1, 0, NOW));
  }

  private static AppliedEvents remembered(int count, Instant first, Duration apart) {
    var memory = AppliedEvents.getDefaultInstance();
    for (int i = 0; i < count; i++) {
      memory = event(i).remember(memory, first.plus(apart.multipliedBy(i)));
    }
    return memory;
  }

  @Test
  void knowsAnEventThatHasHadItsEffect() {
    var memory = event(1).remember(AppliedEvents.getDefaultInstance(), NOW);

    assertThat(event(1).isApplied(memory)).isTrue();
    assertThat(event(2).isApplied(memory)).isFalse();
  }

  @Test
  void remembersAllOfTheLastMinutesHoweverMany() {
    var memory = remembered(1000, NOW, Duration.ofMillis(1));

    assertThat(event(0).isApplied(memory)).isTrue();
    assertThat(memory.getEventsCount()).isEqualTo(1000);
  }

  @Test
  void remembersTheLastOnesHoweverOld() {
    var memory = remembered(200, NOW, Duration.ofDays(1));

    assertThat(memory.getEventsCount()).isEqualTo(IdempotentEvent.KEPT);
    assertThat(event(200 - IdempotentEvent.KEPT).isApplied(memory)).isTrue();
    assertThat(event(200 - IdempotentEvent.KEPT - 1).isApplied(memory)).isFalse();
  }
}
