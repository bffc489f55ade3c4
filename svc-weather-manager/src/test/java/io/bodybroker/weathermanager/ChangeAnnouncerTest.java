package io.bodybroker.weathermanager;

import static io.bodybroker.weathermanager.TestWorld.WORLD;
import static io.bodybroker.weathermanager.TestWorld.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.v1.ConfigureZoneRequest;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeAnnouncerTest {
  private final TestWorld world = new TestWorld();
  private final TestWorld.Instance first = world.new Instance();
  private final TestWorld.Instance second = world.new Instance();
  private final Published events = new Published();

  private static final class Published implements TestWorld.Sink {
    final List<WeatherChanged> all = new ArrayList<>();
    final List<String> ids = new ArrayList<>();

    @Override
    public void publish(WeatherChanged event, String id) {
      all.add(event);
      ids.add(id);
    }
  }

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
      var slow = second.slowAnnouncer(events);
      first.announce(events);
      slow.run();
      second.announce(events);
      if (type() != expected.getLast()) {
        expected.add(type());
      }
    }
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(events.all)
        .extracting(WeatherChanged::getNewType)
        .isEqualTo(expected.subList(1, expected.size()));
    assertThat(events.all)
        .extracting(WeatherChanged::getOldType)
        .isEqualTo(expected.subList(0, expected.size() - 1));
    assertThat(events.ids).doesNotHaveDuplicates().startsWith("veridian:harbour:1");
  }

  @Test
  void saysWhatItIsLike() {
    configure(0);
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce(events);
    var now = first.weather("harbour");
    assertThat(events.all)
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
    second.announce(events);
    first.announce(events);
    assertThat(events.all)
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
    first.announce(events);
    assertThat(events.all).isEmpty();
  }

  @Test
  void announcesWhatAClockSetBackChanges() {
    configure(0);
    var start = world.time.instant();
    var old = type();
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce(events);
    var back = GameClock.of(Clocks.usual()).at(start);
    world.timeManager.set(Clocks.anchored(world.time.instant(), back.sinceFirst(), 60));
    world.time.pass(WorldClocks.FRESH);
    first.announce(events);
    assertThat(events.all).hasSize(2);
    assertThat(events.all.getLast().getNewType()).isEqualTo(old);
    assertThat(events.ids).containsExactly("veridian:harbour:1", "veridian:harbour:2");
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
    second.announce(events);
    world.time.pass(Duration.ofMinutes(6));
    second.announce(events);
    assertThat(events.all)
        .extracting(WeatherChanged::getOldType)
        .containsExactly(natural, WeatherType.BLIZZARD);
    assertThat(events.all.getFirst().getNewType()).isEqualTo(WeatherType.BLIZZARD);
    assertThat(events.all.getLast().getNewType()).isEqualTo(type());
  }

  @Test
  void announcesANewSeedIfItMakesTheWeatherAnother() {
    var natural = type();
    long seed = 1;
    configure(seed);
    while (type() == natural) {
      configure(++seed);
    }
    first.announce(events);
    assertThat(events.all).singleElement().matches(event -> event.getOldType() == natural);
  }

  @Test
  void leavesNoChangeUnannouncedIfAnInstanceDiesWhileItAnnouncesIt() {
    configure(0);
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce((event, id) -> {
      throw ServiceException.of(ErrorCode.UNAVAILABLE, "died before it was out");
    });
    second.announce(events);
    assertThat(events.all).isEmpty();
    world.time.pass(ChangeAnnouncer.PATIENCE.plusMillis(1));
    second.announce(events);
    first.announce(events);
    assertThat(events.ids).containsExactly("veridian:harbour:1");
    assertThat(world.store.get(WORLD + "/harbour").orElseThrow().value().hasAnnouncement())
        .isFalse();
  }

  @Test
  void repeatsAnAnnouncementUnderTheSameIdIfAnInstanceDiesRightAfterIt() {
    configure(0);
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce((event, id) -> {
      events.publish(event, id);
      throw ServiceException.of(ErrorCode.UNAVAILABLE, "died after it was out");
    });
    world.time.pass(ChangeAnnouncer.PATIENCE.plusMillis(1));
    second.announce(events);
    assertThat(events.ids).containsExactly("veridian:harbour:1", "veridian:harbour:1");
    assertThat(events.all.getFirst()).isEqualTo(events.all.getLast());
  }

  @Test
  void keepsWhatIsForcedWhileAChangeIsAnnounced() {
    configure(0);
    world.time.set(ProtoTimes.instant(first.weather("harbour").getNextChange()));
    first.announce((event, id) -> {
      events.publish(event, id);
      second.service.setWeather(
          SetWeatherRequest.newBuilder()
              .setWorldId(WORLD)
              .setZoneId("harbour")
              .setType(WeatherType.BLIZZARD)
              .build(),
          call());
    });
    assertThat(type()).isEqualTo(WeatherType.BLIZZARD);
    first.announce(events);
    assertThat(events.ids).containsExactly("veridian:harbour:1", "veridian:harbour:2");
    assertThat(events.all.getLast().getNewType()).isEqualTo(WeatherType.BLIZZARD);
  }
}
