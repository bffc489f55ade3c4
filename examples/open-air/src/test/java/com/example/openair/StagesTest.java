package com.example.openair;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.openair.v1.Stage;
import com.example.openair.v1.StageChanged;
import com.google.protobuf.Message;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private final Store<Stage> store = MemoryStores.open(Stage.getDefaultInstance());
  private final Stages stages = new Stages(store, InstantSource.fixed(NOW));
  private final List<Message> events = new ArrayList<>();

  StagesTest() {
    store.watch("", change -> events.addAll(Stages.FEED.eventsOf(change)));
  }

  private void weather(int sequence, WeatherType type) {
    var event =
        WeatherChanged.newBuilder()
            .setWorldId("veridian")
            .setZoneId("harbour")
            .setSequence(sequence)
            .setNewType(type)
            .build();
    var delivery = new Delivery("id-" + sequence, "subject", "stream", sequence, 1, 0, NOW);
    stages.follow(event, delivery);
  }

  private Stage stage() {
    return store.get("veridian/harbour").orElseThrow().value();
  }

  @Test
  void rainClosesAStageAndBetterWeatherOpensIt() {
    weather(1, WeatherType.CLEAR);
    assertThat(stage().getIsOpen()).isTrue();
    weather(2, WeatherType.RAIN);
    assertThat(stage().getIsOpen()).isFalse();
    assertThat(stage().getClosings()).isEqualTo(1);
    weather(3, WeatherType.STORM);
    assertThat(stage().getClosings()).as("it was closed already").isEqualTo(1);
    weather(4, WeatherType.CLOUDY);
    assertThat(stage().getIsOpen()).isTrue();
    assertThat(events)
        .extracting(event -> ((StageChanged) event).getIsOpen())
        .containsExactly(true, false, true);
  }

  @Test
  void anEventThatComesAgainHasNoSecondEffect() {
    weather(1, WeatherType.CLEAR);
    weather(2, WeatherType.RAIN);
    var once = stage();
    weather(2, WeatherType.RAIN);
    assertThat(stage()).isEqualTo(once);
    assertThat(events).hasSize(2);
  }

  @Test
  void anEventThatComesAfterANewerOneHasNoEffect() {
    weather(3, WeatherType.RAIN);
    weather(2, WeatherType.CLEAR);
    assertThat(stage().getIsOpen()).isFalse();
    assertThat(stage().getWeatherSequence()).isEqualTo(3);
  }
}
