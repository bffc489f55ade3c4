package io.bodybroker.timemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.common.v1.GameTime;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.timemanager.v1.GetScheduleRequest;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.HourChanged;
import io.bodybroker.timemanager.v1.Schedule;
import io.bodybroker.timemanager.v1.ScheduleEventRequest;
import io.bodybroker.timemanager.v1.ScheduledCallback;
import io.bodybroker.timemanager.v1.SetScaleRequest;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.nats.client.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Two instances over real servers, as in production, but for the clock, which a test moves, and for
 * their name, which is the same: a mistake in a configuration must not make anything fire twice.
 */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final MovableTime time = MovableTime.still();
  private final List<Message> callbacks = new CopyOnWriteArrayList<>();
  private String world = "";
  private RunningService service;
  private TimeManagerClient client;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis, TestInfo test) throws Exception {
    world = test.getTestMethod().orElseThrow().getName();
    service =
        RunningService.of(TimeManagerModule::new)
            .clock(time)
            .config(config -> config.instance("time-manager-1"))
            .start(nats, redis);
    client = TimeManagerClient.on(service.bus());
    service.observer().createDispatcher(callbacks::add).subscribe("game." + world + ".>");
    service.observer().flush(BOUND);
  }

  private void startBoth() {
    service.startOne();
    service.startOne();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private GameTime hoursFromNow(int hours) {
    GameTime now =
        client
            .getTime(GetTimeRequest.newBuilder().setWorldId(world).build())
            .getNow()
            .getGameTime();
    return now.toBuilder().setHour(now.getHour() + hours).build();
  }

  private Schedule schedule(String event, int hours) {
    return client
        .scheduleEvent(
            ScheduleEventRequest.newBuilder()
                .setWorldId(world)
                .setEventId(event)
                .setScheduledTime(hoursFromNow(hours))
                .setCallbackSubject("game." + world + "." + event)
                .build())
        .getSchedule();
  }

  private Schedule schedule(String event) {
    return client
        .getSchedule(GetScheduleRequest.newBuilder().setWorldId(world).setEventId(event).build())
        .getSchedule();
  }

  private void moveTo(Instant instant) {
    time.pass(Duration.between(time.instant(), instant));
  }

  /** Until it is written down that it fired: time jumps here, and a slow publisher looks dead. */
  private void awaitFired(String event) {
    Await.until(BOUND, event + " to fire", () -> schedule(event).getFiredCount() == 1);
  }

  private List<String> firedEvents() throws Exception {
    var events = new ArrayList<String>();
    for (Message callback : callbacks) {
      events.add(ScheduledCallback.parseFrom(callback.getData()).getEventId());
    }
    return events;
  }

  @Test
  void fireASchedulesCallbackOnce() throws Exception {
    Schedule dawn = schedule("dawn", 1);
    Schedule noon = schedule("noon", 5);

    moveTo(ProtoTimes.instant(dawn.getExpectedRealTime()).plusMillis(1));
    awaitFired("dawn");
    moveTo(ProtoTimes.instant(noon.getExpectedRealTime()).plusMillis(1));
    awaitFired("noon");

    // Whatever came twice would have come before noon's.
    Await.until(BOUND, "noon's callback", () -> firedEvents().contains("noon"));
    assertThat(firedEvents()).containsExactly("dawn", "noon");
  }

  @Test
  void fireAfterARestartOfEveryInstance() throws Exception {
    Schedule dawn = schedule("dawn", 1);
    Schedule noon = schedule("noon", 5);
    service.stopAll();
    moveTo(ProtoTimes.instant(dawn.getExpectedRealTime()).plusSeconds(30));
    assertThat(callbacks).isEmpty();

    startBoth();
    awaitFired("dawn");
    moveTo(ProtoTimes.instant(noon.getExpectedRealTime()).plusMillis(1));
    awaitFired("noon");

    Await.until(BOUND, "noon's callback", () -> firedEvents().contains("noon"));
    assertThat(firedEvents()).containsExactly("dawn", "noon");
  }

  /** Two instances, jumps and a restart: of each kind of event each begins where the last ended. */
  @Test
  void tellEachHourAndDayOnce() throws Exception {
    client.setScale(SetScaleRequest.newBuilder().setWorldId(world).setTimeScale(60).build());
    for (int step = 1; step <= 30; step++) {
      time.pass(Duration.ofMinutes(step % 7));
      if (step % 10 == 0) {
        service.stopAll();
        startBoth();
      }
      long hours = hoursOfWorld();
      Await.untilSeen(BOUND, "hours told", this::hoursTold, told -> told == hours);
    }
    long days = hoursOfWorld() / 24;
    Await.untilSeen(BOUND, "days told", this::daysTold, told -> told == days);
  }

  private long hoursOfWorld() {
    GameTime now =
        client
            .getTime(GetTimeRequest.newBuilder().setWorldId(world).build())
            .getNow()
            .getGameTime();
    return GameMoment.of(now, "now").hours();
  }

  /** Up to which hour the events in the stream lead, each from where the last did. */
  private long hoursTold() {
    long reached = -1;
    for (HourChanged event : service.published(HourChanged.getDefaultInstance())) {
      if (event.getWorldId().equals(world)) {
        reached = join(reached, GameMoment.of(event.getFrom(), "from").hours(), event.getHours());
      }
    }
    return reached;
  }

  /** Up to which day they lead. */
  private long daysTold() {
    long reached = -1;
    for (DayChanged event : service.published(DayChanged.getDefaultInstance())) {
      if (event.getWorldId().equals(world)) {
        reached = join(reached, GameMoment.of(event.getFrom(), "from").days(), event.getDays());
      }
    }
    return reached;
  }

  private static long join(long reached, long from, long passed) {
    assertThat(reached == -1 || reached == from).as("from %s after %s", from, reached).isTrue();
    return from + passed;
  }

  @Test
  void deriveAnewWhenASchedulesTimeComesIfTheScaleChanges() {
    Instant before = ProtoTimes.instant(schedule("dawn", 2).getExpectedRealTime());
    Duration wait = Duration.between(time.instant(), before);

    client.setScale(SetScaleRequest.newBuilder().setWorldId(world).setTimeScale(120).build());

    Instant after = ProtoTimes.instant(schedule("dawn").getExpectedRealTime());
    assertThat(Duration.between(time.instant(), after)).isEqualTo(wait.dividedBy(2));
    moveTo(after.plusMillis(1));
    awaitFired("dawn");
  }
}
