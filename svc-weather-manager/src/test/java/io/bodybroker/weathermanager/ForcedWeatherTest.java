package io.bodybroker.weathermanager;

import static io.bodybroker.weathermanager.TestWorld.WORLD;
import static io.bodybroker.weathermanager.TestWorld.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Duration;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.v1.ClearWeatherRequest;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherType;
import io.bodybroker.weathermanager.v1.ZoneWeather;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcedWeatherTest {
  private final TestWorld world = new TestWorld();
  private final TestWorld.Instance first = world.new Instance();
  private final TestWorld.Instance second = world.new Instance();
  private final Instant start = world.time.instant();

  private static SetWeatherRequest.Builder blizzard() {
    return SetWeatherRequest.newBuilder()
        .setWorldId(WORLD)
        .setZoneId("harbour")
        .setType(WeatherType.BLIZZARD);
  }

  private static Duration seconds(long value) {
    return Duration.newBuilder().setSeconds(value).build();
  }

  private ZoneWeather set(SetWeatherRequest.Builder request) {
    return first.service.setWeather(request.build(), call()).getWeather();
  }

  private ZoneWeather clear() {
    var request = ClearWeatherRequest.newBuilder().setWorldId(WORLD).setZoneId("harbour").build();
    return first.service.clearWeather(request, call()).getWeather();
  }

  @Test
  void lastsAsLongAsWasAskedAndIsSeenByAll() {
    var natural = second.weather("harbour", start.plusSeconds(60));
    world.time.set(start);
    var answer = set(blizzard().setDuration(seconds(3600)));
    assertThat(answer.getCondition().getType()).isEqualTo(WeatherType.BLIZZARD);
    assertThat(answer.getForced()).isTrue();
    assertThat(ProtoTimes.instant(answer.getNextChange())).isEqualTo(start.plusSeconds(60));
    assertThat(second.weather("harbour")).isEqualTo(answer);
    var last = second.weather("harbour", start.plusSeconds(60).minusMillis(1));
    assertThat(last.getCondition().getType()).isEqualTo(WeatherType.BLIZZARD);
    var over = second.weather("harbour", start.plusSeconds(60));
    assertThat(over.getForced()).isFalse();
    assertThat(over.getCondition().getType())
        .isEqualTo(natural.getCondition().getType())
        .isEqualTo(answer.getNextType());
  }

  @Test
  void movesGraduallyAndSaysHowFar() {
    var before = first.weather("harbour");
    set(blizzard().setTransition(seconds(3600)).setIntensity(0.5));
    var half = second.weather("harbour", start.plusSeconds(30));
    assertThat(half.getTransition().getFrom()).isEqualTo(before.getCondition().getType());
    assertThat(half.getTransition().getProgress()).isCloseTo(0.5, within(1e-9));
    assertThat(ProtoTimes.instant(half.getTransition().getEnds())).isEqualTo(start.plusSeconds(60));
    assertThat(half.getCondition().getVisibilityMeters())
        .isCloseTo((before.getCondition().getVisibilityMeters() + 100) / 2, within(1.0));
    var settled = second.weather("harbour", start.plusSeconds(60));
    assertThat(settled.hasTransition()).isFalse();
    assertThat(settled.getCondition().getVisibilityMeters()).isEqualTo(100);
    assertThat(settled.getCondition().getIntensity()).isEqualTo(0.5);
  }

  @Test
  void isThereAtOnceIfNoTransitionIsWanted() {
    var answer = set(blizzard().setTransition(seconds(0)));
    assertThat(answer.hasTransition()).isFalse();
    assertThat(answer.getCondition().getWindSpeedKmh()).isEqualTo(60);
  }

  @Test
  void isForecastAndEndsAsForecast() {
    set(blizzard().setDuration(seconds(3 * 3600)));
    var request =
        io.bodybroker.weathermanager.v1.ForecastRequest.newBuilder()
            .setWorldId(WORLD)
            .setZoneId("harbour")
            .setHours(6)
            .build();
    for (var hour : second.service.forecast(request, call()).getHoursList()) {
      assertThat(
              first.weather("harbour", ProtoTimes.instant(hour.getForecastTime())).getCondition())
          .isEqualTo(hour.getCondition());
    }
  }

  @Test
  void countsFromItsFirstBeginningIfItIsForcedAnew() {
    var begun = set(blizzard());
    world.time.set(start.plusSeconds(120));
    var again = set(blizzard().setDuration(seconds(7200)));
    assertThat(again.getLastChange()).isEqualTo(begun.getLastChange());
    assertThat(ProtoTimes.instant(again.getNextChange())).isEqualTo(start.plusSeconds(240));
  }

  @Test
  void endsAtOnceWhenItIsCleared() {
    var natural = first.weather("harbour", start.plusSeconds(20)).getCondition().getType();
    world.time.set(start);
    set(blizzard().setTransition(seconds(0)));
    world.time.set(start.plusSeconds(20));
    var cleared = clear();
    assertThat(cleared.getForced()).isFalse();
    assertThat(cleared.getCondition().getType()).isEqualTo(natural);
    assertThat(cleared.getTransition().getFrom()).isEqualTo(WeatherType.BLIZZARD);
    assertThat(cleared.getCondition().getVisibilityMeters()).isCloseTo(100, within(1.0));
    assertThat(second.weather("harbour")).isEqualTo(cleared);
    long writes = world.writes();
    assertThat(clear()).isEqualTo(cleared);
    assertThat(world.writes()).isEqualTo(writes);
  }

  @Test
  void isNothingToClearWhereNothingIsForced() {
    assertThat(clear()).isEqualTo(first.weather("harbour"));
    assertThat(world.writes()).isZero();
  }

  @Test
  void isClearedBeforeItsTimeIfTheClockWasSetBack() {
    set(blizzard());
    var earlier = GameClock.of(Clocks.usual()).at(start).plus(java.time.Duration.ofHours(-2));
    world.timeManager.set(Clocks.anchored(start, earlier.sinceFirst(), 60));
    assertThat(clear().getForced()).isFalse();
    assertThat(second.weather("harbour", start.plusSeconds(130)).getForced()).isFalse();
  }

  @Test
  void hasEffectOnceForOneKey() {
    var request = blizzard().build();
    var answer = first.service.setWeather(request, call("key-1"));
    long writes = world.writes();
    world.time.set(start.plusSeconds(90));
    assertThat(second.service.setWeather(request, call("key-1"))).isEqualTo(answer);
    assertThat(world.writes()).isEqualTo(writes);
    assertThat(ProtoTimes.instant(first.weather("harbour").getNextChange()))
        .isEqualTo(start.plusSeconds(360));
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherRequest() {
    first.service.setWeather(blizzard().build(), call("key-1"));
    var other = blizzard().setType(WeatherType.FOG).build();
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> second.service.setWeather(other, call("key-1")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThat(first.weather("harbour").getCondition().getType()).isEqualTo(WeatherType.BLIZZARD);
  }

  @Test
  void remembersTheLastKeysOnly() {
    for (int i = 0; i <= WeatherManager.CALLS_KEPT; i++) {
      first.service.setWeather(blizzard().build(), call("key-" + i));
    }
    var state = world.store.get(WORLD + "/harbour").orElseThrow().value();
    assertThat(state.getAppliedCalls().getCallsList())
        .hasSize(WeatherManager.CALLS_KEPT)
        .noneMatch(applied -> applied.getKey().equals("key-0"));
  }

  @ParameterizedTest
  @CsvSource({
    "duration, 59, 0, 60s to 604800s",
    "duration, -1, 0, 60s to 604800s",
    "duration, 604800, 1, 60s to 604800s",
    "duration, 9223372036854775807, 999999999, 60s to 604800s",
    "duration, -9223372036854775808, -999999999, 60s to 604800s",
    "transition, -1, 0, 0s to 21600s",
    "transition, 0, -1, 0s to 21600s",
    "transition, 21601, 0, 0s to 21600s"
  })
  void refusesTimesOutOfRangeNamingFieldValueAndRange(
      String field, long seconds, int nanos, String range) {
    var value = Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    var request =
        field.equals("duration") ? blizzard().setDuration(value) : blizzard().setTransition(value);
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> set(request))
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
          assertThat(e.fieldViolations())
              .singleElement()
              .satisfies(violation -> {
                assertThat(violation.field()).isEqualTo(field);
                assertThat(violation.value()).startsWith(seconds + "s");
                assertThat(violation.expected()).isEqualTo(range);
              });
        });
    assertThat(world.writes()).isZero();
  }
}
