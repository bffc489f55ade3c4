package io.bodybroker.timemanager;

import com.google.protobuf.Timestamp;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.v1.WorldClock;
import io.bodybroker.timemanager.v1.WorldTime;
import java.time.Duration;
import java.time.Instant;

/** Our values as protobuf has them, and back. */
final class Wire {
  private Wire() {}

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  static com.google.protobuf.Duration elapsed(GameMoment moment) {
    return duration(moment.elapsed());
  }

  static GameMoment moment(com.google.protobuf.Duration elapsed) {
    return new GameMoment(duration(elapsed));
  }

  /** Everything a clock says at a real time. */
  static WorldTime worldTime(String worldId, GameClock clock, Instant now) {
    var moment = clock.at(now);
    return WorldTime.newBuilder()
        .setWorldId(worldId)
        .setGameTime(moment.date())
        .setDayPhase(moment.dayPhase())
        .setMoonPhase(moment.moonPhase())
        .setSeason(moment.season())
        .setTimeScale(clock.scale().multiplier())
        .setRealTime(timestamp(now))
        .setClock(worldClock(clock, now))
        .build();
  }

  private static WorldClock worldClock(GameClock clock, Instant now) {
    var answer =
        WorldClock.newBuilder()
            .setRealAnchor(timestamp(clock.realAnchor()))
            .setGameAnchor(elapsed(clock.gameAnchor()))
            .setTimeScale(clock.scale().multiplier())
            .setTimeline(clock.timeline());
    if (clock.isCatchingUp(now)) {
      answer
          .getCatchUpBuilder()
          .setTarget(elapsed(clock.target()))
          .setTimeScale(clock.catchUpScale().multiplier());
    } else if (clock.target().isAfter(clock.gameAnchor())) {
      // It has caught up: counted from the target, the formula needs no catch-up any more.
      answer
          .setRealAnchor(timestamp(clock.realTimeOf(clock.target())))
          .setGameAnchor(elapsed(clock.target()));
    }
    return answer.build();
  }
}
