package io.bodybroker.timemanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.state.v1.Firing;
import io.bodybroker.timemanager.state.v1.StoredSchedule;
import io.bodybroker.timemanager.v1.Schedule;
import io.bodybroker.timemanager.v1.ScheduleEventRequest;
import io.bodybroker.timemanager.v1.ScheduleState;
import io.bodybroker.timemanager.v1.ScheduledCallback;
import java.time.Duration;
import java.time.Instant;

/**
 * A schedule as stored: which occurrences it has, in game time, and which of them have fired.
 *
 * <p>Occurrence {@code n} is due at {@code first + n * recurrence}, so periods do not drift. The
 * real time is never stored: it follows from the world's clock, whatever becomes of that. When
 * several occurrences are due at once, because the clock jumped or no instance ran, the latest
 * fires and says how many it stands for. An occurrence that has fired does not fire again when the
 * clock is set back.
 *
 * <p>Firing takes three steps as an announcement does, see {@link World}: {@linkplain #claim
 * claim}, publish, {@linkplain #fired mark}.
 *
 * @param stored the document
 */
record Timer(StoredSchedule stored) {
  /** How long one that ended is kept, so that asking for it again does not start it again. */
  static final Duration KEPT = Duration.ofDays(1);

  /** A new schedule. The request has been checked. */
  static Timer of(ScheduleEventRequest request, GameMoment first, Instant now) {
    var timer =
        StoredSchedule.newBuilder()
            .setWorldId(request.getWorldId())
            .setEventId(request.getEventId())
            .setState(ScheduleState.ACTIVE)
            .setFirst(Wire.elapsed(first))
            .setCallbackSubject(request.getCallbackSubject())
            .setPayload(request.getPayload())
            .setCreated(ProtoTimes.timestamp(now));
    if (request.hasRecurrence()) {
      timer.setRecurrence(request.getRecurrence());
    }
    return new Timer(timer.build());
  }

  /** Where a schedule is stored. */
  static String key(String worldId, String eventId) {
    return worldId + "/" + eventId;
  }

  String key() {
    return key(stored.getWorldId(), stored.getEventId());
  }

  /** Whether both were asked for with the same content. */
  boolean isSameAs(Timer other) {
    return stored.getFirst().equals(other.stored.getFirst())
        && stored.getCallbackSubject().equals(other.stored.getCallbackSubject())
        && stored.getPayload().equals(other.stored.getPayload())
        && stored.hasRecurrence() == other.stored.hasRecurrence()
        && stored.getRecurrence().equals(other.stored.getRecurrence());
  }

  boolean isActive() {
    return stored.getState() == ScheduleState.ACTIVE;
  }

  /** Whether it ended so long ago that it need not be kept. */
  boolean isForgettable(Instant now) {
    return stored.hasEnded() && now.isAfter(ProtoTimes.instant(stored.getEnded()).plus(KEPT));
  }

  /** When it fires next; when it fired last if it is finished. */
  GameMoment next() {
    return momentOf(stored.getNextOccurrence());
  }

  private GameMoment momentOf(long occurrence) {
    var first = Wire.moment(stored.getFirst());
    return stored.hasRecurrence()
        ? first.plus(ProtoTimes.duration(stored.getRecurrence()).multipliedBy(occurrence))
        : first;
  }

  private long latestOccurrence(GameMoment moment) {
    return stored.hasRecurrence()
        ? moment
            .since(Wire.moment(stored.getFirst()))
            .dividedBy(ProtoTimes.duration(stored.getRecurrence()))
        : 0;
  }

  /** Whether there is a callback to publish that {@code leases}' instance may take on. */
  boolean isClaimable(GameClock clock, Instant now, Leases leases) {
    if (!isActive()) {
      return false;
    }
    return stored.hasFiring()
        ? leases.isFree(stored.getFiring().getLease(), now)
        : !next().isAfter(clock.at(now));
  }

  /**
   * With the latest due occurrence claimed by an instance, or an unfinished claim taken over; only
   * for a timer that is claimable now.
   */
  Timer claim(GameClock clock, Instant now, Leases leases) {
    var next = stored.toBuilder();
    if (!stored.hasFiring()) {
      var moment = clock.at(now);
      long latest = latestOccurrence(moment);
      next.setFiring(
          Firing.newBuilder()
              .setOccurrence(latest)
              .setMissed(latest - stored.getNextOccurrence())
              .setFired(Wire.elapsed(moment)));
    }
    next.getFiringBuilder().setLease(leases.take(now));
    return new Timer(next.build());
  }

  /** With a firing done; this very timer if another instance has taken it over. */
  Timer fired(Firing done, Instant now) {
    if (!stored.hasFiring() || !stored.getFiring().equals(done)) {
      return this;
    }
    var next = stored.toBuilder().clearFiring().setFiredCount(stored.getFiredCount() + 1);
    if (stored.hasRecurrence()) {
      next.setNextOccurrence(done.getOccurrence() + 1);
    } else if (isActive()) {
      next.setState(ScheduleState.FINISHED).setEnded(ProtoTimes.timestamp(now));
    }
    return new Timer(next.build());
  }

  /**
   * Cancelled; this very timer if it had ended before. A callback that is being published at this
   * moment still comes.
   */
  Timer cancelled(Instant now) {
    return isActive()
        ? new Timer(
            stored.toBuilder()
                .setState(ScheduleState.CANCELLED)
                .setEnded(ProtoTimes.timestamp(now))
                .build())
        : this;
  }

  /** The callback that is being published. */
  ScheduledCallback callback() {
    var firing = stored.getFiring();
    return ScheduledCallback.newBuilder()
        .setWorldId(stored.getWorldId())
        .setEventId(stored.getEventId())
        .setFireId(fireId())
        .setOccurrence(firing.getOccurrence())
        .setMissed(firing.getMissed())
        .setScheduledTime(momentOf(firing.getOccurrence()).date())
        .setFiredTime(Wire.moment(firing.getFired()).date())
        .setPayload(stored.getPayload())
        .build();
  }

  /** With the time of its making, since the name may be used again once it is forgotten. */
  private String fireId() {
    return "%s:%s:%d:%d"
        .formatted(
            stored.getWorldId(),
            stored.getEventId(),
            ProtoTimes.instant(stored.getCreated()).toEpochMilli(),
            stored.getFiring().getOccurrence());
  }

  /** As callers see it, by a clock. */
  Schedule describe(GameClock clock) {
    var answer =
        Schedule.newBuilder()
            .setWorldId(stored.getWorldId())
            .setEventId(stored.getEventId())
            .setState(stored.getState())
            .setScheduledTime(next().date())
            .setCallbackSubject(stored.getCallbackSubject())
            .setPayload(stored.getPayload())
            .setFiredCount(stored.getFiredCount());
    if (stored.hasRecurrence()) {
      answer.setRecurrence(stored.getRecurrence());
    }
    if (isActive()) {
      answer.setExpectedRealTime(ProtoTimes.timestamp(clock.realTimeOf(next())));
    }
    return answer.build();
  }
}
