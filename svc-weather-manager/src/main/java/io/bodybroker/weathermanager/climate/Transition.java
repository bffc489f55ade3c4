package io.bodybroker.weathermanager.climate;

import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.Duration;

/**
 * A change of weather under way: the type is the new one already, the figures are still moving.
 *
 * @param from the type before
 * @param began its first moment
 * @param settled the first moment after it
 */
public record Transition(WeatherType from, GameMoment began, GameMoment settled) {
  /** How long the figures move after a change that nobody forced. */
  public static final Duration NATURAL = Duration.ofMinutes(10);

  /** How far it has come at a moment within it: 0 at the beginning, below 1. */
  public double progress(GameMoment moment) {
    return (double) moment.since(began).toSeconds() / Math.max(1, settled.since(began).toSeconds());
  }
}
