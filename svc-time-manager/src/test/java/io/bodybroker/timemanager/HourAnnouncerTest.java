package io.bodybroker.timemanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.calendar.Scale;
import io.bodybroker.timemanager.state.v1.StoredSchedule;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.timemanager.v1.HourChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HourAnnouncerTest {
  private static final String WORLD = "veridian";
  private static final Duration GAME_HOUR = Duration.ofMinutes(1);

  private final MovableTime time = MovableTime.still();
  private final Store<StoredWorld> worlds = MemoryStores.open(StoredWorld.getDefaultInstance());
  private final Store<StoredSchedule> schedules =
      MemoryStores.open(StoredSchedule.getDefaultInstance());
  private final List<Message> events = new ArrayList<>();
  private final Instance first = instance("first");
  private final Instance second = instance("second");

  HourAnnouncerTest() {
    change(world -> jump(world, GameMoment.ofHour(10)));
    change(world -> new World(world.stored().toBuilder().setAnnouncedHour(10).build()));
    change(world -> new World(world.stored().toBuilder().setJumped(false).build()));
    // As the store's feed does, once for each revision.
    worlds.watch("", change -> events.addAll(Announcements.FEED.eventsOf(change)));
  }

  @Test
  void announcesEachHourOnceWithTwoInstances() {
    for (int i = 0; i < 20; i++) {
      time.pass(GAME_HOUR.dividedBy(10));
      first.tick();
      second.tick();
    }
    assertThat(hours()).extracting(HourChanged::getHours).containsExactly(1L, 1L);
    assertThat(hours()).extracting(hour -> hour.getTo().getHour()).containsExactly(11, 12);
  }

  @Test
  void announcesTheDayWithTheHourThatBeginsIt() {
    change(world -> jump(world, GameMoment.ofHour(23)));
    first.tick();
    time.pass(GAME_HOUR);
    second.tick();
    assertThat(days()).hasSize(1);
    assertThat(days().getFirst().getDays()).isEqualTo(1);
    assertThat(days().getFirst().getTo()).isEqualTo(GameMoment.ofDay(1).date());
    assertThat(days().getFirst().getJumped()).isFalse();
  }

  @Test
  void announcesAGapAsOneEventWhenNoInstanceRan() {
    time.pass(GAME_HOUR.multipliedBy(50));
    first.tick();
    assertThat(hours()).hasSize(1);
    assertThat(hours().getFirst().getHours()).isEqualTo(50);
    assertThat(hours().getFirst().getJumped()).isFalse();
    assertThat(days()).extracting(DayChanged::getDays).containsExactly(2L);
  }

  @Test
  void announcesAJumpBackOnce() {
    change(world -> jump(world, GameMoment.ofHour(4)));
    first.tick();
    second.tick();
    assertThat(hours()).hasSize(1);
    assertThat(hours().getFirst().getHours()).isEqualTo(-6);
    assertThat(hours().getFirst().getJumped()).isTrue();
  }

  @Test
  void announcesNothingForAJumpWithinTheHour() {
    change(world -> jump(world, GameMoment.ofHour(10).plus(Duration.ofMinutes(30))));
    first.tick();
    assertThat(events).isEmpty();
    time.pass(GAME_HOUR.dividedBy(2));
    first.tick();
    assertThat(hours()).hasSize(1);
    assertThat(hours().getFirst().getJumped()).isFalse();
  }

  @Test
  void announcesNothingForAnInstanceWhoseClockIsBehind() {
    time.pass(GAME_HOUR);
    first.tick();
    time.pass(Duration.ofSeconds(-2));
    second.tick();
    assertThat(hours()).hasSize(1);
  }

  @Test
  void tellsNothingAgainWithAnotherChangeOfTheWorld() {
    time.pass(GAME_HOUR);
    first.tick();
    change(world -> world.withClock(world.clock().withScale(new Scale(120_000), time.instant())));
    assertThat(hours()).hasSize(1);
  }

  /** Whatever happens to clock and instances: the hours join without gap or overlap. */
  @RepeatedTest(300)
  void leavesNoHourOutAndAnnouncesNoneTwice(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    int instances = 2;
    var running = new ArrayList<>(List.of(first, second));
    for (int step = 0; step < 60; step++) {
      time.pass(Duration.ofSeconds(random.nextInt(90)));
      int which = random.nextInt(running.size());
      switch (random.nextInt(8)) {
        case 0 -> change(world -> jump(world, GameMoment.ofHour(random.nextInt(200))));
        case 1 -> {
          var scale = new Scale(1 + random.nextInt(600_000));
          change(world -> world.withClock(world.clock().withScale(scale, time.instant())));
        }
        case 2 -> running.set(which, instance("replacement " + instances++));
        default -> running.get(which).tick();
      }
    }
    instance("last").tick(); // what has passed since
    var world = new World(worlds.get(WORLD).orElseThrow().value());

    long hour = 10;
    var timeline = 1L;
    for (HourChanged event : all(HourChanged.class)) {
      assertThat(event.getFrom()).isEqualTo(GameMoment.ofHour(hour).date());
      assertThat(event.getHours()).isNotZero();
      assertThat(event.getTimeline()).isGreaterThanOrEqualTo(timeline);
      assertThat(event.getHours() > 0 || event.getJumped()).isTrue();
      hour += event.getHours();
      timeline = event.getTimeline();
      assertThat(event.getTo()).isEqualTo(GameMoment.ofHour(hour).date());
    }
    assertThat(hour).isEqualTo(world.clock().at(time.instant()).hours());
    long day = 0;
    for (DayChanged event : all(DayChanged.class)) {
      assertThat(event.getFrom()).isEqualTo(GameMoment.ofDay(day).date());
      day += event.getDays();
      assertThat(event.getTo()).isEqualTo(GameMoment.ofDay(day).date());
    }
    assertThat(day).isEqualTo(hour / 24);
  }

  private <E> List<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Instance instance(String name) {
    return new Instance(name, worlds, schedules, new ArrayList<>(), time);
  }

  private World jump(World world, GameMoment moment) {
    GameClock clock = world.clock().jumpTo(moment, time.instant());
    return world.jumpedTo(clock);
  }

  private void change(UnaryOperator<World> change) {
    worlds.update(WORLD, current -> change.apply(World.of(current, time.instant())).stored());
  }

  private List<HourChanged> hours() {
    return all(HourChanged.class);
  }

  private List<DayChanged> days() {
    return all(DayChanged.class);
  }
}
