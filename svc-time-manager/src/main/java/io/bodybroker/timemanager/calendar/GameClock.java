package io.bodybroker.timemanager.calendar;

import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.time.Instant;

/**
 * A world's clock. It does not tick: from one real time at which the game time is known, and the
 * scale since, the game time of any real time follows, on every instance alike.
 *
 * <p>Each change makes a new clock anchored at the time of the change. A clock shows its anchor at
 * any time before it, so an instance whose wall clock is a little behind never shows a time that
 * was left by a jump.
 *
 * @param realAnchor a real time
 * @param gameAnchor what the clock shows then
 * @param target where a gradual change runs to, {@value #CATCH_UP_FACTOR} times as fast as the
 *     scale says; the game anchor if there is no such change
 * @param scale how fast it runs from the target on
 * @param timeline how often it has jumped; within one timeline it never goes back
 */
public record GameClock(
    Instant realAnchor, GameMoment gameAnchor, GameMoment target, Scale scale, long timeline) {
  /** How many times faster than its scale a clock runs to reach a target. */
  public static final int CATCH_UP_FACTOR = 60;

  /** One real minute is a game hour: a game day takes 24 real minutes. */
  public static final Scale DEFAULT_SCALE = new Scale(60_000);

  /**
   * The clock of a world nobody has changed: fixed, so that every instance gives the same answer
   * with nothing stored. Day 1, 07:00, was at the beginning of 2026.
   */
  public static final GameClock DEFAULT =
      startingAt(Instant.parse("2026-01-01T00:00:00Z"), GameMoment.ofHour(7), DEFAULT_SCALE);

  /** Refuses a target in the past. */
  public GameClock {
    if (gameAnchor.isAfter(target)) {
      throw new IllegalArgumentException(
          "target: " + target + " (expected: not before " + gameAnchor + ")");
    }
  }

  /** A clock that shows a moment at a real time and runs on from there. */
  public static GameClock startingAt(Instant real, GameMoment game, Scale scale) {
    return new GameClock(real, game, game, scale, 0);
  }

  /** What the clock shows. */
  public GameMoment at(Instant now) {
    var elapsed = Duration.between(realAnchor, now);
    if (elapsed.isNegative()) {
      return gameAnchor;
    }
    var rest = elapsed.minus(catchUpTime());
    return rest.isNegative()
        ? gameAnchor.plus(catchUpScale().gameTime(elapsed))
        : target.plus(scale.gameTime(rest));
  }

  /**
   * The first real time at which the clock shows a moment, or a later one. The anchor if that is
   * already so.
   */
  public Instant realTimeOf(GameMoment moment) {
    if (!moment.isAfter(gameAnchor)) {
      return realAnchor;
    }
    return moment.isAfter(target)
        ? realAnchor.plus(catchUpTime()).plus(scale.realTime(moment.since(target)))
        : realAnchor.plus(catchUpScale().realTime(moment.since(gameAnchor)));
  }

  /** Whether the clock runs faster for now because it was set gradually. */
  public boolean isCatchingUp(Instant now) {
    return target.isAfter(at(now));
  }

  /** How fast it runs while it catches up. */
  public Scale catchUpScale() {
    return scale.times(CATCH_UP_FACTOR);
  }

  private Duration catchUpTime() {
    return catchUpScale().realTime(target.since(gameAnchor));
  }

  /**
   * This clock with another scale from now on; what it shows now stays the same, and so does a
   * target not reached.
   */
  public GameClock withScale(Scale changed, Instant now) {
    var anchor = at(now);
    var rest = isCatchingUp(now) ? target : anchor;
    return new GameClock(latest(now), anchor, rest, changed, timeline);
  }

  /** This clock showing a moment from now on, on a new timeline. */
  public GameClock jumpTo(GameMoment moment, Instant now) {
    return new GameClock(now, moment, moment, scale, timeline + 1);
  }

  /**
   * This clock running fast from now on until it shows a moment.
   *
   * @param field where the moment came from, for the error
   * @throws ServiceException {@code OUT_OF_RANGE} if the moment has passed
   */
  public GameClock runTo(GameMoment moment, Instant now, String field) {
    var anchor = at(now);
    requireFuture(moment, now, field);
    return new GameClock(latest(now), anchor, moment, scale, timeline);
  }

  /**
   * Refuses a moment that has passed.
   *
   * @param field where the moment came from, for the error
   * @throws ServiceException {@code OUT_OF_RANGE} naming the field, the moment and the time in the
   *     world
   */
  public void requireFuture(GameMoment moment, Instant now, String field) {
    var present = at(now);
    if (!moment.isAfter(present)) {
      throw ServiceException.outOfRange(
          field, moment, "after " + present + ", the time in the world");
    }
  }

  /**
   * The anchor only moves forward, so that a clock read by an instance that is behind does not run
   * twice over the same time.
   */
  private Instant latest(Instant now) {
    return now.isBefore(realAnchor) ? realAnchor : now;
  }
}
