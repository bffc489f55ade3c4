package io.bodybroker.timemanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bodybroker.common.v1.GameTime;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.Instance.Death;
import io.bodybroker.timemanager.Instance.Published;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.calendar.Scale;
import io.bodybroker.timemanager.state.v1.StoredSchedule;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import io.bodybroker.timemanager.v1.ScheduleEventRequest;
import io.bodybroker.timemanager.v1.ScheduleState;
import io.bodybroker.timemanager.v1.ScheduledCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CallbackRunnerTest {
  private static final String WORLD = "veridian";
  private static final Duration GAME_HOUR = Duration.ofMinutes(1);

  private final MovableTime time = MovableTime.still();
  private final Store<StoredWorld> worlds = MemoryStores.open(StoredWorld.getDefaultInstance());
  private final Store<StoredSchedule> schedules =
      MemoryStores.open(StoredSchedule.getDefaultInstance());
  private final List<Published> published = new ArrayList<>();
  private final Instance first = instance("first");
  private final Instance second = instance("second");

  CallbackRunnerTest() {
    change(world -> world.jumpedTo(world.clock().jumpTo(GameMoment.ofHour(10), time.instant())));
  }

  @Test
  void firesOnceWhenTheClockReachesTheMoment() {
    schedule(GameMoment.ofHour(11), Duration.ZERO);
    time.pass(GAME_HOUR.minusNanos(1));
    tickBoth();
    assertThat(callbacks()).isEmpty();
    time.pass(Duration.ofNanos(1));
    tickBoth();
    tickBoth();
    assertThat(callbacks()).hasSize(1);
    var callback = callbacks().getFirst();
    assertThat(callback.getPayload()).isEqualTo(ByteString.copyFromUtf8("ring"));
    assertThat(callback.getScheduledTime()).isEqualTo(GameMoment.ofHour(11).date());
    assertThat(subjects()).containsExactly("callback.bell");
    assertThat(timer().stored().getState()).isEqualTo(ScheduleState.FINISHED);
  }

  @Test
  void firesAtEachPeriodWithoutDrift() {
    schedule(GameMoment.ofHour(11), Duration.ofHours(1));
    for (int i = 0; i < 50; i++) {
      time.pass(Duration.ofSeconds(7));
      tickBoth();
    }
    assertThat(callbacks())
        .extracting(ScheduledCallback::getOccurrence)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(callbacks())
        .extracting(ScheduledCallback::getScheduledTime)
        .containsExactly(hour(11), hour(12), hour(13), hour(14), hour(15));
    assertThat(callbacks()).extracting(ScheduledCallback::getMissed).containsOnly(0L);
  }

  @Test
  void makesOneCallbackOfThePeriodsThatPassedTogether() {
    schedule(GameMoment.ofHour(11), Duration.ofHours(1));
    time.pass(GAME_HOUR.multipliedBy(5));
    tickBoth();
    assertThat(callbacks()).hasSize(1);
    assertThat(callbacks().getFirst().getOccurrence()).isEqualTo(4);
    assertThat(callbacks().getFirst().getMissed()).isEqualTo(4);
    assertThat(timer().next()).isEqualTo(GameMoment.ofHour(16));
  }

  @Test
  void comesSoonerWhenTheScaleIsRaisedAndLaterWhenTheClockIsSetBack() {
    schedule(GameMoment.ofHour(12), Duration.ZERO);
    change(world -> world.withClock(world.clock().withScale(new Scale(120_000), time.instant())));
    time.pass(GAME_HOUR.dividedBy(2));
    change(world -> world.jumpedTo(world.clock().jumpTo(GameMoment.ofHour(10), time.instant())));
    time.pass(GAME_HOUR.minusMillis(1));
    tickBoth();
    assertThat(callbacks()).isEmpty();
    time.pass(Duration.ofMillis(1));
    tickBoth();
    assertThat(callbacks()).hasSize(1);
  }

  @Test
  void doesNotFireAnOccurrenceAgainWhenTheClockIsSetBack() {
    schedule(GameMoment.ofHour(11), Duration.ofHours(1));
    time.pass(GAME_HOUR);
    tickBoth();
    change(world -> world.jumpedTo(world.clock().jumpTo(GameMoment.ofHour(10), time.instant())));
    time.pass(GAME_HOUR.multipliedBy(2));
    tickBoth();
    assertThat(callbacks()).extracting(ScheduledCallback::getOccurrence).containsExactly(0L, 1L);
  }

  @Test
  void firesForAnInstanceThatDiedOnceItsLeaseIsOverAndUnderTheSameId() {
    schedule(GameMoment.ofHour(11), Duration.ZERO);
    time.pass(GAME_HOUR);
    assertThat(first.fireAndDie(Death.AFTER_PUBLISHING)).isTrue();
    time.pass(Leases.TERM);
    second.tick();
    assertThat(subjects()).hasSize(1);
    time.pass(Duration.ofMillis(1));
    second.tick();
    second.tick();
    assertThat(subjects()).hasSize(2);
    assertThat(callbacks()).hasSize(1);
    assertThat(timer().stored().getFiredCount()).isEqualTo(1);
  }

  @Test
  void doesNotFireWhatWasCancelled() {
    schedule(GameMoment.ofHour(11), Duration.ofHours(1));
    schedules.update(key(), it -> new Timer(it.orElseThrow()).cancelled(time.instant()).stored());
    time.pass(GAME_HOUR.multipliedBy(3));
    tickBoth();
    assertThat(callbacks()).isEmpty();
  }

  @Test
  void firesTheEarliestFirst() {
    schedule("late", GameMoment.ofHour(12), Duration.ZERO);
    schedule("early", GameMoment.ofHour(11), Duration.ZERO);
    time.pass(GAME_HOUR.multipliedBy(3));
    first.tick();
    assertThat(callbacks())
        .extracting(ScheduledCallback::getEventId)
        .containsExactly("early", "late");
  }

  @Test
  void forgetsWhatEndedADayAgo() {
    schedule(GameMoment.ofHour(11), Duration.ZERO);
    time.pass(GAME_HOUR);
    tickBoth();
    time.pass(Timer.KEPT);
    tickBoth();
    assertThat(schedules.get(key())).isPresent();
    time.pass(Duration.ofMillis(1));
    tickBoth();
    assertThat(schedules.get(key())).isEmpty();
  }

  /**
   * Whatever happens to clock and instances: each occurrence fires once or is told as missed, and
   * in order.
   */
  @RepeatedTest(300)
  void accountsForEachOccurrenceOnce(RepetitionInfo repetition) {
    schedule(GameMoment.ofHour(11), Duration.ofMinutes(30));
    var random = new Random(repetition.getCurrentRepetition());
    var running = new ArrayList<>(List.of(first, second));
    for (int step = 0; step < 60; step++) {
      time.pass(Duration.ofSeconds(random.nextInt(90)));
      int which = random.nextInt(running.size());
      switch (random.nextInt(8)) {
        case 0 -> {
          var target = GameMoment.ofHour(random.nextInt(40));
          change(world -> world.jumpedTo(world.clock().jumpTo(target, time.instant())));
        }
        case 1 -> {
          if (running
              .get(which)
              .fireAndDie(
                  random.nextBoolean() ? Death.BEFORE_PUBLISHING : Death.AFTER_PUBLISHING)) {
            running.set(which, instance("replacement " + step));
          }
        }
        default -> running.get(which).tick();
      }
    }
    time.pass(Leases.TERM.plusMillis(1));
    var last = instance("last");
    last.tick();
    last.tick();

    long next = 0;
    for (ScheduledCallback callback : callbacks()) {
      assertThat(callback.getOccurrence() - callback.getMissed()).isEqualTo(next);
      assertThat(callback.getMissed()).isNotNegative();
      next = callback.getOccurrence() + 1;
    }
    assertThat(timer().stored().getNextOccurrence()).isEqualTo(next);
    assertThat(timer().stored().getFiredCount()).isEqualTo(callbacks().size());
    assertThat(timer().next()).isGreaterThan(clock().at(time.instant()));
  }

  private GameClock clock() {
    return new World(worlds.get(WORLD).orElseThrow().value()).clock();
  }

  private Instance instance(String name) {
    return new Instance(name, worlds, schedules, published, time);
  }

  private void tickBoth() {
    first.tick();
    second.tick();
  }

  private void schedule(GameMoment moment, Duration recurrence) {
    schedule("bell", moment, recurrence);
  }

  private void schedule(String eventId, GameMoment moment, Duration recurrence) {
    var request =
        ScheduleEventRequest.newBuilder()
            .setWorldId(WORLD)
            .setEventId(eventId)
            .setCallbackSubject("callback.bell")
            .setPayload(ByteString.copyFromUtf8("ring"));
    if (!recurrence.isZero()) {
      request.setRecurrence(ProtoTimes.duration(recurrence));
    }
    schedules.put(
        Timer.key(WORLD, eventId), Timer.of(request.build(), moment, time.instant()).stored());
  }

  private Timer timer() {
    return new Timer(schedules.get(key()).orElseThrow().value());
  }

  private static String key() {
    return Timer.key(WORLD, "bell");
  }

  private static GameTime hour(int hour) {
    return GameMoment.ofHour(hour).date();
  }

  private void change(UnaryOperator<World> change) {
    worlds.update(WORLD, current -> change.apply(World.of(current, time.instant())).stored());
  }

  private List<String> subjects() {
    return published.stream()
        .filter(it -> it.message() instanceof ScheduledCallback)
        .map(Published::subject)
        .toList();
  }

  /** By id; a repeat must be equal to the first. */
  private List<ScheduledCallback> callbacks() {
    var byId = new LinkedHashMap<String, Published>();
    for (Published event : published) {
      var before = byId.putIfAbsent(event.id(), event);
      assertThat(before == null || before.equals(event)).isTrue();
    }
    return byId.values().stream()
        .map(Published::message)
        .filter(ScheduledCallback.class::isInstance)
        .map(ScheduledCallback.class::cast)
        .toList();
  }
}
