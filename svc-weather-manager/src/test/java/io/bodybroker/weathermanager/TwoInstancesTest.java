package io.bodybroker.weathermanager;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static io.bodybroker.weathermanager.TestWorld.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.timemanager.v1.HourChanged;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.ClearWeatherRequest;
import io.bodybroker.weathermanager.v1.ConfigureZoneRequest;
import io.bodybroker.weathermanager.v1.ForecastRequest;
import io.bodybroker.weathermanager.v1.GetWeatherRequest;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WatchWeatherRequest;
import io.bodybroker.weathermanager.v1.WatchWeatherResponse;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.bodybroker.weathermanager.v1.WeatherManagerClient;
import io.bodybroker.weathermanager.v1.WeatherType;
import io.bodybroker.weathermanager.v1.ZoneWeather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weather-manager as it runs: two instances over NATS, one movable time. */
@TestServers(scope = TestServers.Scope.METHOD)
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration QUIET = Duration.ofMillis(200);
  private static final String ZONE = "harbour";

  private final MovableTime time = MovableTime.still();
  private RunningService service;
  private ServiceHost timeManager;
  private WeatherManagerClient weather;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service =
        RunningService.of(WeatherManagerModule::new)
            .clock(time)
            .config(config -> config.name("weather-test"))
            .instances(0)
            .start(nats, redis);
    timeManager = service.startBeside(context -> context.serve(new FixedTimeManager()));
    service.startOne();
    service.startOne();
    weather = WeatherManagerClient.on(service.bus());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private ZoneWeather weather() {
    return weather
        .getWeather(GetWeatherRequest.newBuilder().setWorldId(WORLD).setZoneId(ZONE).build())
        .getZones(0);
  }

  /** With the seed that it has anyway, so that storing it is no change of its weather. */
  private void configure() {
    weather.configureZone(
        ConfigureZoneRequest.newBuilder().setWorldId(WORLD).setZoneId(ZONE).setSeed(0).build());
  }

  /** What the stream has: who only listens on the subject hears refused attempts too. */
  private List<WeatherChanged> announced() {
    return service.published(WeatherChanged.getDefaultInstance());
  }

  @Test
  void giveTheSameWeather() {
    configure();
    for (int step = 0; step < 20; step++) {
      time.pass(Duration.ofSeconds(47));
      var answers = new HashSet<ZoneWeather>();
      for (int call = 0; call < 20; call++) {
        answers.add(weather());
      }
      assertThat(answers).hasSize(1);
    }
  }

  private WatchWeatherRequest watch(String after) {
    return WatchWeatherRequest.newBuilder()
        .setWorldId(WORLD)
        .setZoneId(ZONE)
        .setAfter(after)
        .build();
  }

  private static WatchWeatherResponse next(ResponseStream<WatchWeatherResponse> stream) {
    assertThat(stream.awaitNext(BOUND)).as("a message in time").isTrue();
    return stream.next().orElseThrow();
  }

  private static void assertQuiet(ResponseStream<WatchWeatherResponse> stream) {
    assertThat(stream.awaitNext(QUIET)).as("a message though nothing has changed").isFalse();
  }

  @Test
  void streamTheWeatherAndEachChangeOfIt() {
    try (var stream = weather.watchWeather(watch(""))) {
      assertThat(next(stream).getWeather()).isEqualTo(weather());
      for (int change = 0; change < 5; change++) {
        var next = ProtoTimes.instant(weather().getNextChange());
        time.set(next.minusMillis(1));
        assertQuiet(stream);
        time.set(next);
        assertThat(next(stream).getWeather()).isEqualTo(weather());
      }
    }
  }

  @Test
  void streamForcedWeatherAtOnceAndItsEnd() {
    try (var stream = weather.watchWeather(watch(""))) {
      var natural = next(stream).getWeather();
      weather.setWeather(
          SetWeatherRequest.newBuilder()
              .setWorldId(WORLD)
              .setZoneId(ZONE)
              .setType(WeatherType.BLIZZARD)
              .build());
      var forced = next(stream).getWeather();
      assertThat(forced.getForced()).isTrue();
      assertThat(forced.getCondition().getType()).isEqualTo(WeatherType.BLIZZARD);
      weather.clearWeather(
          ClearWeatherRequest.newBuilder().setWorldId(WORLD).setZoneId(ZONE).build());
      var after = next(stream).getWeather();
      assertThat(after.getForced()).isFalse();
      assertThat(after.getCondition().getType()).isEqualTo(natural.getCondition().getType());
      assertQuiet(stream);
    }
  }

  @Test
  void streamOnlyWhatTheReaderDoesNotHaveYet() {
    String position;
    try (var stream = weather.watchWeather(watch(""))) {
      position = next(stream).getPosition();
    }
    for (int instance = 0; instance < 6; instance++) {
      try (var stream = weather.watchWeather(watch(position))) {
        assertQuiet(stream);
      }
    }
    try (var stream = weather.watchWeather(watch(position))) {
      assertQuiet(stream);
      time.set(ProtoTimes.instant(weather().getNextChange()));
      assertThat(next(stream).getPosition()).isNotEqualTo(position);
    }
  }

  @Test
  void streamOnThroughARestart() throws Exception {
    try (var stream = weather.watchWeather(watch(""))) {
      next(stream);
      for (int restart = 0; restart < 2; restart++) {
        service.stopOne();
        service.startOne();
        time.set(ProtoTimes.instant(weather().getNextChange()));
        assertThat(next(stream).getWeather()).isEqualTo(weather());
      }
      assertQuiet(stream);
    }
  }

  @Test
  void announceEachChangeOnceAlsoOverRestarts() throws Exception {
    configure();
    var expected = new ArrayList<WeatherType>(List.of(weather().getCondition().getType()));
    for (int change = 1; change <= 12; change++) {
      time.set(ProtoTimes.instant(weather().getNextChange()));
      var next = weather().getCondition().getType();
      expected.add(next);
      int wanted = change;
      Await.until(BOUND, "event " + change, () -> announced().size() >= wanted);
      if (change % 4 == 0) {
        service.stopOne();
        service.startOne();
      }
    }
    assertThat(announced())
        .extracting(WeatherChanged::getNewType)
        .isEqualTo(expected.subList(1, expected.size()));
    assertThat(announced())
        .extracting(WeatherChanged::getOldType)
        .isEqualTo(expected.subList(0, expected.size() - 1));
    assertThat(announced())
        .extracting(WeatherChanged::getSequence)
        .isEqualTo(LongStream.rangeClosed(1, 12).boxed().toList());
  }

  @Test
  void announceOneChangeForAllThatPassedWhileNobodyRan() throws Exception {
    configure();
    var old = weather().getCondition().getType();
    service.stopAll();
    time.pass(Duration.ofHours(5));
    service.startOne();
    service.startOne();
    while (weather().getCondition().getType() == old) {
      time.set(ProtoTimes.instant(weather().getNextChange()));
    }
    var now = weather().getCondition().getType();
    Await.until(BOUND, "an event", () -> !announced().isEmpty());
    time.set(ProtoTimes.instant(weather().getNextChange()));
    Await.until(BOUND, "the event after it", () -> announced().size() > 1);
    assertThat(announced())
        .hasSize(2)
        .first()
        .satisfies(event -> {
          assertThat(event.getOldType()).isEqualTo(old);
          assertThat(event.getNewType()).isEqualTo(now);
        });
  }

  @Test
  void forgetForcedWeatherThatHasLongBeenOverWhenADayBegins() throws Exception {
    weather.setWeather(
        SetWeatherRequest.newBuilder()
            .setWorldId(WORLD)
            .setZoneId(ZONE)
            .setType(WeatherType.BLIZZARD)
            .build());
    time.pass(Duration.ofHours(2));
    assertThat(stored().hasForced()).isTrue();
    awaitConsumer("weather-days");
    var day = DayChanged.newBuilder().setWorldId(WORLD).setDays(1).build();

    service.bus().events().publish(day, "a-day");

    Await.until(BOUND, "forced weather to be forgotten", () -> !stored().hasForced());
  }

  @Test
  void lookAtTheWeatherWhenAnHourBegins() throws Exception {
    configure();
    awaitConsumer("weather-hours");
    var hour = HourChanged.newBuilder().setWorldId(WORLD).setHours(1).build();

    service.bus().events().publish(hour, "an-hour");

    var management = service.observer().jetStreamManagement();
    Await.untilSeen(
        BOUND,
        "hours handled",
        () -> management.getConsumerInfo("WORLD_EVENTS", "weather-hours"),
        info -> info.getAckFloor().getConsumerSequence() == 1 && info.getNumAckPending() == 0);
  }

  /** One that is new begins with what comes after it. */
  private void awaitConsumer(String name) throws Exception {
    var management = service.observer().jetStreamManagement();
    Await.until(
        BOUND,
        "consumer " + name,
        () ->
            management.getStreamNames().contains("WORLD_EVENTS")
                && management.getConsumerNames("WORLD_EVENTS").contains(name));
  }

  private StoredZone stored() {
    try (var stores = new DurableStores(() -> service.observer(), 1, BOUND)) {
      return stores
          .open("weather", StoredZone.getDefaultInstance())
          .get(WORLD + "/" + ZONE)
          .orElseThrow()
          .value();
    }
  }

  @Test
  void forceWeatherOnceForOneKeyHoweverOftenItIsSent() throws Exception {
    configure();
    var request =
        SetWeatherRequest.newBuilder()
            .setWorldId(WORLD)
            .setZoneId(ZONE)
            .setType(WeatherType.BLIZZARD)
            .build();
    var options = CallOptions.defaults().withIdempotencyKey("storm-night");
    var answers = new HashSet<ZoneWeather>();
    for (int call = 0; call < 20; call++) {
      answers.add(weather.setWeather(request, options).getWeather());
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(answers).hasSize(1);
    Await.until(BOUND, "the event of it", () -> !announced().isEmpty());
    assertThat(announced().getFirst().getNewType()).isEqualTo(WeatherType.BLIZZARD);
  }

  @Test
  void goOnReadingAndRefuseToWriteWhileTheTimeManagerIsAway() {
    for (int call = 0; call < 20; call++) {
      weather();
    }
    timeManager.close();
    time.pass(Duration.ofMinutes(1));
    assertThat(weather().getCondition().getTypeValue()).isPositive();
    assertFails(ErrorCode.UNAVAILABLE, this::configure);
  }

  @Test
  void refuseFieldsOutOfRangeNamingThem() {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() ->
            weather.forecast(ForecastRequest.newBuilder().setWorldId("a b").setHours(169).build()))
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
          assertThat(e.message()).contains("world_id").contains("hours: 169", "1 to 168");
        });
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() ->
            weather.setWeather(
                SetWeatherRequest.newBuilder().setWorldId(WORLD).setIntensity(1.5).build()))
        .satisfies(e ->
            assertThat(e.message()).contains("zone_id").contains("type").contains("intensity"));
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> weather.getWeather(GetWeatherRequest.newBuilder().setWorldId("").build()))
        .satisfies(e -> assertThat(e.message()).contains("world_id"));
  }
}
