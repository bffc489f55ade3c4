package io.bodybroker.weathermanager;

import static io.bodybroker.weathermanager.TestWorld.WORLD;
import static io.bodybroker.weathermanager.TestWorld.call;
import static io.bodybroker.weathermanager.TestWorld.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.v1.ConfigureZoneRequest;
import io.bodybroker.weathermanager.v1.ForecastRequest;
import io.bodybroker.weathermanager.v1.ListZonesRequest;
import io.bodybroker.weathermanager.v1.Zone;
import io.bodybroker.weathermanager.v1.ZoneWeather;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WeatherManagerTest {
  private final TestWorld world = new TestWorld();
  private final TestWorld.Instance first = world.new Instance();
  private final TestWorld.Instance second = world.new Instance();

  private void configure(String zone, long seed) {
    first.service.configureZone(
        ConfigureZoneRequest.newBuilder().setWorldId(WORLD).setZoneId(zone).setSeed(seed).build(),
        call());
  }

  @Test
  void givesEveryWorldWeatherAtOnceAndWritesNothingForIt() {
    var zones = first.service.getWeather(request(""), call()).getZonesList();
    assertThat(zones).singleElement().satisfies(WeatherManagerTest::assertComplete);
    assertThat(zones.getFirst().getZoneId()).isEqualTo("default");
    assertThat(first.weather("anywhere")).satisfies(WeatherManagerTest::assertComplete);
    assertThat(world.writes()).isZero();
  }

  private static void assertComplete(ZoneWeather weather) {
    assertThat(weather.getWorldId()).isEqualTo(WORLD);
    assertThat(weather.getCondition().getTypeValue()).isBetween(1, 14);
    assertThat(weather.getCondition().getVisibilityMeters()).isPositive();
    assertThat(weather.getSeasonValue()).isBetween(1, 4);
    assertThat(weather.getGameTime().getYear()).isEqualTo(55);
    assertThat(weather.getNextTypeValue()).isBetween(1, 14);
    assertThat(weather.getForced()).isFalse();
  }

  @Test
  void isTheSameOnEveryInstanceAtAnyTime() {
    configure("harbour", 7);
    for (int i = 0; i < 200; i++) {
      world.time.pass(Duration.ofMillis(61_417));
      assertThat(first.service.getWeather(request(""), call()))
          .isEqualTo(second.service.getWeather(request(""), call()));
    }
  }

  @Test
  void changesAtNextChangeAndNotBefore() {
    for (int i = 0; i < 100; i++) {
      var now = first.weather("harbour");
      var next = ProtoTimes.instant(now.getNextChange());
      assertThat(next).isAfter(world.time.instant());
      var before = first.weather("harbour", next.minusMillis(1));
      assertThat(before.getCondition().getType()).isEqualTo(now.getCondition().getType());
      assertThat(before.getNextChange()).isEqualTo(now.getNextChange());
      var after = first.weather("harbour", next);
      assertThat(after.getCondition().getType()).isNotEqualTo(now.getCondition().getType());
      assertThat(after.getCondition().getType()).isEqualTo(now.getNextType());
      assertThat(ProtoTimes.instant(after.getLastChange())).isEqualTo(next);
    }
  }

  @Test
  void becomesWhatWasForecast() {
    configure("harbour", 7);
    var start = world.time.instant();
    for (int day = 0; day < 120; day += 7) {
      world.time.set(start.plus(Duration.ofMinutes(24L * day)));
      var forecast = forecast("harbour", 168);
      assertThat(forecast).hasSize(168);
      for (var hour : forecast) {
        var then = second.weather("harbour", ProtoTimes.instant(hour.getForecastTime()));
        assertThat(then.getCondition()).isEqualTo(hour.getCondition());
        assertThat(then.getSeason()).isEqualTo(hour.getSeason());
        assertThat(then.getGameTime()).isEqualTo(hour.getGameTime());
      }
    }
  }

  private java.util.List<io.bodybroker.weathermanager.v1.ForecastHour> forecast(
      String zone, int hours) {
    return first
        .service
        .forecast(
            ForecastRequest.newBuilder().setWorldId(WORLD).setZoneId(zone).setHours(hours).build(),
            call())
        .getHoursList();
  }

  @Test
  void isLessConfidentTheFurtherItLooks() {
    var hours = forecast("harbour", 168);
    assertThat(hours.get(0).getConfidence()).isCloseTo(0.95 * Math.exp(-1 / 24.0), within(1e-9));
    assertThat(hours.get(23).getConfidence()).isCloseTo(0.95 * Math.exp(-1), within(1e-9));
    assertThat(hours.get(167).getConfidence()).isEqualTo(0.1);
    for (int i = 1; i < hours.size(); i++) {
      assertThat(hours.get(i).getConfidence())
          .isLessThanOrEqualTo(hours.get(i - 1).getConfidence());
    }
  }

  @Test
  void forecastsADayOfTheDefaultZoneIfNothingElseIsAskedFor() {
    var request = ForecastRequest.newBuilder().setWorldId(WORLD).build();
    var answer = first.service.forecast(request, call());
    assertThat(answer.getZoneId()).isEqualTo("default");
    assertThat(answer.getHoursList()).hasSize(24);
  }

  @Test
  void movesRealTimesAndKeepsGameTimesWhenTheClockRunsSlower() {
    var before = first.weather("harbour");
    var now = world.time.instant();
    var game = GameClock.of(Clocks.usual()).at(now);
    world.timeManager.set(Clocks.anchored(now, game.sinceFirst(), 30));
    world.time.pass(WorldClocks.FRESH);
    var after = first.weather("harbour");
    assertThat(after.getNextChangeGameTime()).isEqualTo(before.getNextChangeGameTime());
    assertThat(after.getLastChangeGameTime()).isEqualTo(before.getLastChangeGameTime());
    var wait = Duration.between(now, ProtoTimes.instant(before.getNextChange()));
    assertThat(ProtoTimes.instant(after.getNextChange()))
        .isBetween(now.plus(wait.multipliedBy(2)), now.plus(wait.multipliedBy(2)).plusMillis(1));
  }

  @Test
  void listsWhatIsStoredAndTheDefaultZone() {
    configure("harbour", 7);
    configure("alley", -1);
    var request = ListZonesRequest.newBuilder().setWorldId(WORLD).build();
    assertThat(first.service.listZones(request, call()).getZonesList())
        .containsExactly(
            zone("alley", -1, true), zone("default", 0, false), zone("harbour", 7, true));
    configure("default", 3);
    assertThat(second.service.listZones(request, call()).getZonesList())
        .containsExactly(
            zone("alley", -1, true), zone("default", 3, true), zone("harbour", 7, true));
    assertThat(first.service.getWeather(request(""), call()).getZonesList())
        .extracting(ZoneWeather::getZoneId)
        .containsExactly("alley", "default", "harbour");
  }

  private static Zone zone(String name, long seed, boolean stored) {
    return Zone.newBuilder()
        .setWorldId(WORLD)
        .setZoneId(name)
        .setSeed(seed)
        .setStored(stored)
        .build();
  }

  @Test
  void keepsTheSeedOfAZoneThatIsConfiguredWithoutOne() {
    configure("harbour", 7);
    long writes = world.writes();
    var again = ConfigureZoneRequest.newBuilder().setWorldId(WORLD).setZoneId("harbour").build();
    assertThat(second.service.configureZone(again, call()).getZone())
        .isEqualTo(zone("harbour", 7, true));
    assertThat(world.writes()).isEqualTo(writes);
  }

  @Test
  void hasRoomForSoManyZonesAndNoMore() {
    for (int i = 0; i < Zones.MAX_STORED; i++) {
      configure("zone-" + i, i);
    }
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> configure("one-more", 1))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
    configure("zone-0", 99);
    assertThat(first.service.getWeather(request(""), call()).getSerializedSize())
        .isLessThan(500_000);
  }

  @Test
  void startsAWorldAtItsVeryFirstMoment() {
    world.timeManager.set(
        Clocks.anchored(Instant.parse("2026-11-23T12:00:00Z"), Duration.ZERO, 60));
    var weather = first.weather("harbour");
    assertThat(weather.getGameTime().getYear()).isEqualTo(1);
    assertThat(weather.getLastChangeGameTime()).isEqualTo(weather.getGameTime());
    assertThat(weather.hasTransition()).isFalse();
  }
}
