package io.bodybroker.timemanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.v1.WorldClock;
import io.bodybroker.timemanager.v1.WorldTime;
import java.time.Instant;

/** Our values as protobuf has them, and back. */
final class Wire {
  private Wire() {}

  static com.google.protobuf.Duration elapsed(GameMoment moment) {
    return ProtoTimes.duration(moment.elapsed());
  }

  static GameMoment moment(com.google.protobuf.Duration elapsed) {
    return new GameMoment(ProtoTimes.duration(elapsed));
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
        .setRealTime(ProtoTimes.timestamp(now))
        .setClock(worldClock(clock, now))
        .build();
  }

  private static WorldClock worldClock(GameClock clock, Instant now) {
    var answer =
        WorldClock.newBuilder()
            .setRealAnchor(ProtoTimes.timestamp(clock.realAnchor()))
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
          .setRealAnchor(ProtoTimes.timestamp(clock.realTimeOf(clock.target())))
          .setGameAnchor(elapsed(clock.target()));
    }
    return answer.build();
  }
}
