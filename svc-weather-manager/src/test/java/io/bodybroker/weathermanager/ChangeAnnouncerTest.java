package io.bodybroker.weathermanager;

import static io.bodybroker.weathermanager.TestWorld.WORLD;
import static io.bodybroker.weathermanager.TestWorld.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.ConfigureZoneRequest;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChangeAnnouncerTest {
  private final TestWorld world = new TestWorld();
  private final TestWorld.Instance first = world.new Instance();
  private final TestWorld.Instance second = world.new Instance();
  private final List<WeatherChanged> events = world.events();

  private void configure(long seed) {
    first.service.configureZone(
        ConfigureZoneRequest.newBuilder()
            .setWorldId(WORLD)
            .setZoneId("harbour")
            .setSeed(seed)
            .build(),
        call());
  }

  private WeatherType type() {
    return first.weather("harbour").getCondition().getType();
  }

  @Test
  void announcesEachChangeOnceHoweverManyLook() {
    configure(0);
    var expected = new ArrayList<WeatherType>();
    expected.add(type());
    for (int i = 0; i < 600; i++) {
      world.time.pass(Duration.ofSeconds(2));
      // Both look before either has written, then both look again.
      var slow = second.slowAnnouncer();
      first.announce();
      slow.run();
      second.announce();
      if (type() != expected.getLast()) {
        expected.add(type());
      }
    }
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(events)
        .extracting(WeatherChanged::getNewType)
        .isEqualTo(expected.subList(1, expected.size()));
    assertThat(events)
        .extracting(WeatherChanged::getOldType)
        .isEqualTo(expected.subList(0, expected.size() - 1));
    assertThat(events)
        .extracting(WeatherChanged::getSequence)
        .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  @Test
  void saysWhatItIsLike() {
    configure(0);
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce();
    var now = first.weather("harbour");
    assertThat(events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getWorldId()).isEqualTo(WORLD);
          assertThat(event.getZoneId()).isEqualTo("harbour");
          assertThat(event.getSequence()).isEqualTo(1);
          assertThat(event.getSeason()).isEqualTo(now.getSeason());
          assertThat(event.getGameTime()).isEqualTo(now.getLastChangeGameTime());
          assertThat(event.getNextChange()).isEqualTo(now.getNextChange());
          assertThat(event.getCondition())
              .isEqualTo(
                  first
                      .weather("harbour", ProtoTimes.instant(now.getTransition().getEnds()))
                      .getCondition());
        });
  }

  @Test
  void makesOneEventOfChangesThatPassedTogether() {
    configure(0);
    var old = type();
    world.time.pass(Duration.ofHours(36));
    while (type() == old) {
      world.time.pass(Duration.ofMinutes(1));
    }
    second.announce();
    first.announce();
    assertThat(events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getOldType()).isEqualTo(old);
          assertThat(event.getNewType()).isEqualTo(type());
        });
  }

  @Test
  void announcesNothingIfItIsTheSameTypeAgain() {
    configure(0);
    var old = type();
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    while (type() != old) {
      world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    }
    first.announce();
    assertThat(events).isEmpty();
  }

  @Test
  void announcesWhatAClockSetBackChanges() {
    configure(0);
    var start = world.time.instant();
    var old = type();
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce();
    var back = GameClock.of(Clocks.usual()).at(start);
    world.timeManager.set(Clocks.anchored(world.time.instant(), back.sinceFirst(), 60));
    world.time.pass(WorldClocks.FRESH);
    first.announce();
    assertThat(events).hasSize(2);
    assertThat(events.getLast().getNewType()).isEqualTo(old);
    assertThat(events).extracting(WeatherChanged::getSequence).containsExactly(1L, 2L);
  }

  @Test
  void announcesForcedWeatherAndItsEndEvenInAZoneThatWasNotStored() {
    var natural = type();
    first.service.setWeather(
        SetWeatherRequest.newBuilder()
            .setWorldId(WORLD)
            .setZoneId("harbour")
            .setType(WeatherType.BLIZZARD)
            .build(),
        call());
    second.announce();
    world.time.pass(Duration.ofMinutes(6));
    second.announce();
    assertThat(events)
        .extracting(WeatherChanged::getOldType)
        .containsExactly(natural, WeatherType.BLIZZARD);
    assertThat(events.getFirst().getNewType()).isEqualTo(WeatherType.BLIZZARD);
    assertThat(events.getLast().getNewType()).isEqualTo(type());
  }

  @Test
  void announcesANewSeedIfItMakesTheWeatherAnother() {
    var natural = type();
    long seed = 1;
    configure(seed);
    while (type() == natural) {
      configure(++seed);
    }
    first.announce();
    assertThat(events).singleElement().matches(event -> event.getOldType() == natural);
  }

  private void force(Duration duration) {
    second.service.setWeather(
        SetWeatherRequest.newBuilder()
            .setWorldId(WORLD)
            .setZoneId("harbour")
            .setType(WeatherType.BLIZZARD)
            .setDuration(ProtoTimes.duration(duration))
            .build(),
        call());
  }

  @Test
  void tellsNothingAgainWithAnotherChangeOfTheZone() {
    configure(0);
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce();
    force(Duration.ofHours(1));
    assertThat(events).hasSize(1);
    first.announce();
    assertThat(events).extracting(WeatherChanged::getSequence).containsExactly(1L, 2L);
    assertThat(events.getLast().getNewType()).isEqualTo(WeatherType.BLIZZARD);
  }

  @Test
  void announcesAtOnceWhatAJumpOfTheClockChanges() {
    configure(0);
    first.announce();
    var later = Clocks.anchored(world.time.instant(), jumped(), 60);
    world.timeManager.set(later);
    first.announcer().look(WORLD); // asks for the clock, however fresh the one it has
    first.announcer().look(WORLD);
    assertThat(events).singleElement().matches(event -> event.getNewType() == typeNow());
  }

  private Duration jumped() {
    var old = type();
    var real = world.time.instant();
    while (type() == old) {
      world.time.pass(Duration.ofMinutes(1));
    }
    var moment = GameClock.of(Clocks.usual()).at(world.time.instant());
    world.time.set(real);
    return moment.sinceFirst();
  }

  private WeatherType typeNow() {
    world.time.pass(WorldClocks.FRESH);
    return type();
  }

  @Test
  void forgetsForcedWeatherOnlyWhenItHasLongBeenOver() {
    force(Duration.ofHours(1));
    first.announce();
    world.time.pass(Duration.ofMinutes(48)); // two days of the game
    first.announcer().forget(WORLD);
    assertThat(stored().hasForced()).isTrue();
    world.time.pass(Duration.ofMinutes(2));
    var before = first.weather("harbour");
    first.announcer().forget(WORLD);
    assertThat(stored().hasForced()).isFalse();
    assertThat(first.weather("harbour")).isEqualTo(before);
    assertThat(events).hasSize(1);
  }

  private StoredZone stored() {
    return world.store.get(WORLD + "/harbour").orElseThrow().value();
  }
}
