package io.bodybroker.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.sdk.event.TopicEvent;
import io.bodybroker.sdk.testing.MovableTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
  private static final Duration TRUSTED = Duration.ofMinutes(5);

  private final MovableTime time = MovableTime.still();
  private final RecentEvents recent = new RecentEvents(time, TRUSTED);

  private static TopicEvent<BusEvent> event(long sequence, int bytes) {
    var event = BusEvent.newBuilder().setEventId("e".repeat(bytes)).build();
    return new TopicEvent<>(sequence, "a", "e" + sequence, event);
  }

  @Test
  void areThoseThatWereFoundLast() {
    assertThat(recent.of("a")).isEmpty();
    recent.remember("a", List.of(event(1, 10)));
    recent.remember("a", List.of(event(1, 10), event(2, 10)));
    assertThat(recent.of("a")).hasSize(2);

    recent.remember("a", List.of(event(1, 11))); // of a stream that was made anew
    assertThat(recent.of("a")).containsExactly(event(1, 11));

    recent.forget("a");
    assertThat(recent.of("a")).isEmpty();
  }

  @Test
  void areKnownForSoLongHoweverTheyGoOn() {
    recent.remember("a", List.of(event(1, 10)));
    time.pass(TRUSTED.minusSeconds(10));
    recent.remember("a", List.of(event(1, 10), event(2, 10)));
    assertThat(recent.of("a")).hasSize(2);

    time.pass(Duration.ofSeconds(20));

    assertThat(recent.of("a")).isEmpty();
  }

  @Test
  void makeRoomForThoseAskedForLater() {
    int half = (int) (RecentEvents.MAX_WEIGHT / 2 / 8) - 1000;
    recent.remember("old", List.of(event(1, half)));
    recent.remember("asked", List.of(event(2, half)));
    assertThat(recent.of("old")).hasSize(1); // which makes "asked" the one to go

    recent.remember("new", List.of(event(3, half)));

    assertThat(recent.of("asked")).isEmpty();
    assertThat(recent.of("old")).hasSize(1);
    assertThat(recent.of("new")).hasSize(1);

    recent.remember("huge", List.of(event(4, 3 * half)));
    assertThat(recent.of("huge")).isEmpty();
  }
}
