package io.bodybroker.timemanager;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.calendar.Scale;
import io.bodybroker.timemanager.state.v1.StoredSchedule;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import io.bodybroker.timemanager.v1.CancelScheduleRequest;
import io.bodybroker.timemanager.v1.CancelScheduleResponse;
import io.bodybroker.timemanager.v1.GetScheduleRequest;
import io.bodybroker.timemanager.v1.GetScheduleResponse;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.GetTimeResponse;
import io.bodybroker.timemanager.v1.ListSchedulesRequest;
import io.bodybroker.timemanager.v1.ListSchedulesResponse;
import io.bodybroker.timemanager.v1.ScheduleEventRequest;
import io.bodybroker.timemanager.v1.ScheduleEventResponse;
import io.bodybroker.timemanager.v1.SetScaleRequest;
import io.bodybroker.timemanager.v1.SetScaleResponse;
import io.bodybroker.timemanager.v1.SetTimeRequest;
import io.bodybroker.timemanager.v1.SetTimeResponse;
import io.bodybroker.timemanager.v1.TimeManagerService;
import io.bodybroker.timemanager.v1.WorldTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Answers the calls to time-manager. Stateless: everything is in the two stores, so any instance
 * answers any call.
 */
public final class TimeManager implements TimeManagerService {
  /** How many calls a world remembers. */
  static final int CALLS_KEPT = 16;

  private final Store<StoredWorld> worlds;
  private final Store<StoredSchedule> schedules;
  private final InstantSource time;

  TimeManager(Store<StoredWorld> worlds, Store<StoredSchedule> schedules, InstantSource time) {
    this.worlds = worlds;
    this.schedules = schedules;
    this.time = time;
  }

  @Override
  public GetTimeResponse getTime(GetTimeRequest request, CallContext call) {
    var now = time.instant();
    return GetTimeResponse.newBuilder()
        .setNow(Wire.worldTime(request.getWorldId(), clock(request.getWorldId()), now))
        .build();
  }

  @Override
  public SetTimeResponse setTime(SetTimeRequest request, CallContext call) {
    var target = GameMoment.of(request.getTargetTime(), "target_time");
    var now = time.instant();
    var once = IdempotentCall.of(call, request);
    var stored =
        worlds
            .update(
                request.getWorldId(),
                current -> {
                  var world = World.of(current, now);
                  if (earlierAnswer(once, world.stored()).isPresent()) {
                    return world.stored();
                  }
                  var next =
                      request.getGradual()
                          ? world.withClock(world.clock().runTo(target, now, "target_time"))
                          : world.jumpedTo(world.clock().jumpTo(target, now));
                  var answer = Wire.worldTime(request.getWorldId(), next.clock(), now);
                  var calls = once.remember(world.stored().getAppliedCalls(), answer, CALLS_KEPT);
                  return next.stored().toBuilder().setAppliedCalls(calls).build();
                })
            .value();
    var answer =
        earlierAnswer(once, stored)
            .orElseGet(() -> Wire.worldTime(request.getWorldId(), new World(stored).clock(), now));
    return SetTimeResponse.newBuilder().setNow(answer).build();
  }

  private static Optional<WorldTime> earlierAnswer(IdempotentCall call, StoredWorld world) {
    return call.answer(world.getAppliedCalls(), WorldTime.getDefaultInstance());
  }

  @Override
  public SetScaleResponse setScale(SetScaleRequest request, CallContext call) {
    var scale = Scale.of(request.getTimeScale());
    var now = time.instant();
    var stored =
        worlds.update(
            request.getWorldId(),
            current -> {
              var world = World.of(current, now);
              return world.withClock(world.clock().withScale(scale, now)).stored();
            });
    var clock = new World(stored.value()).clock();
    return SetScaleResponse.newBuilder()
        .setNow(Wire.worldTime(request.getWorldId(), clock, now))
        .build();
  }

  @Override
  public ScheduleEventResponse scheduleEvent(ScheduleEventRequest request, CallContext call) {
    var now = time.instant();
    var first = GameMoment.of(request.getScheduledTime(), "scheduled_time");
    ScheduleRules.check(request);
    var asked = Timer.of(request, first, now);
    var clock = clockOfStoredWorld(request.getWorldId(), now);
    var stored =
        schedules.update(
            Timer.key(request.getWorldId(), request.getEventId()),
            current -> {
              if (current.isPresent()) {
                return requireSame(new Timer(current.get()), asked).stored();
              }
              clock.requireFuture(first, now, "scheduled_time");
              return asked.stored();
            });
    return ScheduleEventResponse.newBuilder()
        .setSchedule(new Timer(stored.value()).describe(clock))
        .build();
  }

  private static Timer requireSame(Timer existing, Timer asked) {
    if (!existing.isSameAs(asked)) {
      throw ServiceException.of(
          ErrorCode.ALREADY_EXISTS,
          "schedule \""
              + asked.stored().getEventId()
              + "\" exists with another time, subject, payload or recurrence");
    }
    return existing;
  }

  @Override
  public CancelScheduleResponse cancelSchedule(CancelScheduleRequest request, CallContext call) {
    var now = time.instant();
    var stored =
        schedules.update(
            Timer.key(request.getWorldId(), request.getEventId()),
            current ->
                current
                    .map(schedule -> new Timer(schedule).cancelled(now).stored())
                    .orElseThrow(() -> unknown(request.getEventId())));
    return CancelScheduleResponse.newBuilder()
        .setSchedule(new Timer(stored.value()).describe(clock(request.getWorldId())))
        .build();
  }

  @Override
  public GetScheduleResponse getSchedule(GetScheduleRequest request, CallContext call) {
    var stored =
        schedules
            .get(Timer.key(request.getWorldId(), request.getEventId()))
            .orElseThrow(() -> unknown(request.getEventId()));
    return GetScheduleResponse.newBuilder()
        .setSchedule(new Timer(stored.value()).describe(clock(request.getWorldId())))
        .build();
  }

  @Override
  public ListSchedulesResponse listSchedules(ListSchedulesRequest request, CallContext call) {
    var clock = clock(request.getWorldId());
    int size = request.getPageSize() == 0 ? ScheduleRules.DEFAULT_PAGE_SIZE : request.getPageSize();
    var timers =
        schedules.list(request.getWorldId() + "/").stream()
            .map(document -> new Timer(document.value()))
            .filter(timer -> timer.stored().getEventId().compareTo(request.getPageToken()) > 0)
            .filter(timer -> timer.isActive() || request.getIncludeEnded())
            .limit(size + 1L)
            .toList();
    var page = timers.subList(0, Math.min(size, timers.size()));
    var answer = ListSchedulesResponse.newBuilder();
    page.forEach(timer -> answer.addSchedules(timer.describe(clock)));
    if (timers.size() > size) {
      answer.setNextPageToken(page.getLast().stored().getEventId());
    }
    return answer.build();
  }

  private static ServiceException unknown(String eventId) {
    return ServiceException.notFound("schedule", eventId);
  }

  private GameClock clock(String worldId) {
    return worlds
        .get(worldId)
        .map(world -> new World(world.value()).clock())
        .orElse(GameClock.DEFAULT);
  }

  /** A world with schedules has a document, which pins its clock and lets instances follow it. */
  private GameClock clockOfStoredWorld(String worldId, Instant now) {
    return new World(worlds.update(worldId, current -> World.of(current, now).stored()).value())
        .clock();
  }
}
