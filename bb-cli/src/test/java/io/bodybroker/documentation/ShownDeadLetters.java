package io.bodybroker.documentation;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.DeadLetters;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The queue that pages look at: some fifty letters, one of them the 42nd. */
final class ShownDeadLetters {
  private static final int COUNT = 50;
  private static final Duration BOUND = Duration.ofSeconds(20);

  private ShownDeadLetters() {}

  static void put(String url) throws InterruptedException {
    var config = BusConfig.builder().name("npc-behavior").natsUrls(List.of(url)).build();
    try (var bus = Bus.connect(config)) {
      if (!bus.connections().connection(ConnectionRole.STORE).awaitUp(BOUND)) {
        throw new AssertionError("not connected to " + url);
      }
      var letters = new DeadLetters(new StreamPublisher(bus.streams(), BOUND, COUNT));
      for (int sequence = 1; sequence <= COUNT; sequence++) {
        letters.put(letter(sequence));
      }
    }
  }

  private static DeadLetter letter(int sequence) {
    return new DeadLetter(
        new DeadLetter.Origin.Event(
            "evt.weather.changed.v1", "WORLD_EVENTS", sequence, "npc-moods"),
        "npc-behavior",
        "npc-behavior-1",
        5,
        ErrorCode.NOT_FOUND,
        "no zone \"harbour\"",
        Instant.now(),
        0,
        Map.of(),
        WeatherChanged.newBuilder().setZoneId("harbour").build().toByteString());
  }
}
