package io.bodybroker.weathermanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.v1.WorldClock;
import io.bodybroker.weathermanager.climate.GameMoment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A world's clock as the time-manager gave it: from it follows the game time of any real time, and
 * the other way round.
 *
 * @param legs each runs at one scale until the next begins; one, or two while the clock catches up
 */
record GameClock(List<Leg> legs) {
  /**
   * From a real time, at which the clock shows a moment, it runs at a scale.
   *
   * @param thousandths of game seconds a real second
   */
  record Leg(Instant real, GameMoment game, long thousandths) {
    private GameMoment at(Instant now) {
      var elapsed = Duration.between(real, now);
      return game.plus(elapsed.multipliedBy(thousandths).dividedBy(1000));
    }

    private Instant when(GameMoment moment) {
      return real.plus(moment.since(game).multipliedBy(1000).dividedBy(thousandths));
    }
  }

  GameClock {
    legs = List.copyOf(legs);
  }

  static GameClock of(WorldClock clock) {
    var legs = new ArrayList<Leg>(2);
    var real = ProtoTimes.instant(clock.getRealAnchor());
    var game = Wire.moment(clock.getGameAnchor());
    if (clock.hasCatchUp()) {
      var fast = new Leg(real, game, thousandths(clock.getCatchUp().getTimeScale()));
      legs.add(fast);
      game = Wire.moment(clock.getCatchUp().getTarget());
      real = fast.when(game);
    }
    legs.add(new Leg(real, game, thousandths(clock.getTimeScale())));
    return new GameClock(legs);
  }

  private static long thousandths(double scale) {
    return Math.round(scale * 1000);
  }

  /** What the clock shows; before it was set, what it was set to. */
  GameMoment at(Instant now) {
    for (Leg leg : legs.reversed()) {
      if (!now.isBefore(leg.real())) {
        return leg.at(now);
      }
    }
    return legs.getFirst().game();
  }

  /**
   * The first millisecond at which the clock shows a moment or a later one, as if it had always run
   * as it does.
   */
  Instant when(GameMoment moment) {
    var leg = legs.getLast();
    if (moment.isBefore(leg.game())) {
      leg = legs.getFirst();
    }
    var exact = leg.when(moment);
    var floor = exact.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(exact) && !leg.at(exact).isBefore(moment) ? exact : floor.plusMillis(1);
  }
}
