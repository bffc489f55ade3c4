package io.bodybroker.cli;

import com.example.openair.OpenAirModule;
import com.example.openair.v1.Attendance;
import com.example.openair.v1.Stage;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.common.v1.GameTime;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.statemanager.StateManagerModule;
import io.bodybroker.statemanager.v1.DeleteStateRequest;
import io.bodybroker.statemanager.v1.StateManagerClient;
import io.bodybroker.statemanager.v1.UpdateMode;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.bodybroker.timemanager.TimeManagerModule;
import io.bodybroker.timemanager.v1.SetTimeRequest;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.bodybroker.weathermanager.WeatherManagerModule;
import io.bodybroker.weathermanager.v1.ConfigureZoneRequest;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherManagerClient;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each event of the services has its effect at a consumer: all of them real, over real servers. */
@TestServers(scope = TestServers.Scope.METHOD)
class EventsOfServicesTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String WORLD = "veridian";
  private static final String ZONE = "harbour";

  private RunningService service;
  private DurableStores stores;
  private RpcCaller caller;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service =
        RunningService.of(OpenAirModule::new)
            .instances(1)
            .config(config -> config.name("events-test"))
            .beside(new TimeManagerModule())
            .beside(new StateManagerModule())
            .beside(new WeatherManagerModule())
            .start(nats, redis);
    caller = service.bus();
    stores = new DurableStores(service::observer, 1, BOUND);
  }

  @AfterEach
  void stop() {
    stores.close();
    service.close();
  }

  private void force(WeatherType type) {
    WeatherManagerClient.on(caller)
        .setWeather(
            SetWeatherRequest.newBuilder().setWorldId(WORLD).setZoneId(ZONE).setType(type).build());
  }

  private Stage stage() {
    return stores
        .open("open-air-stages", Stage.getDefaultInstance())
        .get(WORLD + "/" + ZONE)
        .map(stage -> stage.value())
        .orElse(Stage.getDefaultInstance());
  }

  private Optional<String> stageOf(String who) {
    return stores
        .open("open-air-audience", Attendance.getDefaultInstance())
        .get(who)
        .map(attendance -> attendance.value().getStage());
  }

  private static Struct at(String stage) {
    return Struct.newBuilder()
        .putFields("stage", Value.newBuilder().setStringValue(stage).build())
        .build();
  }

  @Test
  void theWeatherOpensAndClosesAStage() {
    WeatherManagerClient.on(caller)
        .configureZone(ConfigureZoneRequest.newBuilder().setWorldId(WORLD).setZoneId(ZONE).build());

    // Each is another type than the one before, so each is an event.
    force(WeatherType.STORM);
    Await.untilSeen(BOUND, "stage", this::stage, now -> now.getWeather() == WeatherType.STORM);
    force(WeatherType.WINDY);
    Await.untilSeen(BOUND, "stage", this::stage, now -> now.getIsOpen());
    force(WeatherType.BLIZZARD);
    Await.untilSeen(BOUND, "stage", this::stage, now -> !now.getIsOpen() && now.getClosings() >= 1);
  }

  @Test
  void documentsSayWhoIsAtWhichStage() {
    var states = StateManagerClient.on(caller);
    states.updateState(
        UpdateStateRequest.newBuilder()
            .setPlayerId("ada")
            .setMode(UpdateMode.REPLACE)
            .setState(at("veridian/harbour"))
            .build());
    states.updateState(
        UpdateStateRequest.newBuilder()
            .setEntityId("lute")
            .setMode(UpdateMode.REPLACE)
            .setState(at("veridian/harbour"))
            .build());

    Await.untilSeen(
        BOUND, "ada", () -> stageOf("player/ada"), Optional.of("veridian/harbour")::equals);
    Await.untilSeen(
        BOUND, "the lute", () -> stageOf("entity/lute"), Optional.of("veridian/harbour")::equals);

    states.deleteState(DeleteStateRequest.newBuilder().setPlayerId("ada").build());

    Await.untilSeen(BOUND, "ada", () -> stageOf("player/ada"), Optional.of("")::equals);
  }

  @Test
  void weatherManagerHandlesEachHourAndDayThatBegins() throws Exception {
    var management = service.observer().jetStreamManagement();
    for (String consumer : List.of("weather-hours", "weather-days")) {
      Await.until(
          BOUND,
          consumer,
          () ->
              management.getStreamNames().contains("WORLD_EVENTS")
                  && management.getConsumerNames("WORLD_EVENTS").contains(consumer));
    }

    TimeManagerClient.on(caller)
        .setTime(
            SetTimeRequest.newBuilder()
                .setWorldId(WORLD)
                .setTargetTime(GameTime.newBuilder().setYear(900).setMonth(1).setDay(1).setHour(6))
                .build());

    for (String consumer : List.of("weather-hours", "weather-days")) {
      Await.untilSeen(
          BOUND,
          "events handled by " + consumer,
          () -> management.getConsumerInfo("WORLD_EVENTS", consumer),
          info -> info.getAckFloor().getConsumerSequence() >= 1 && info.getNumAckPending() == 0);
    }
  }
}
