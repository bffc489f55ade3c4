package io.bodybroker.weathermanager.climate;

import io.bodybroker.weathermanager.v1.WeatherType;

/**
 * Weather somebody forced on a zone. It does not drift.
 *
 * @param type its type
 * @param since since when it has been of this type: {@code from}, or earlier if it was of this type
 *     before
 * @param from its first moment
 * @param settled when the transition into it is over, {@code from} if there is none
 * @param until the first moment after it
 * @param before what it was like just before
 * @param goal what it is like once settled
 */
public record ForcedWeather(
    WeatherType type,
    GameMoment since,
    GameMoment from,
    GameMoment settled,
    GameMoment until,
    Conditions before,
    Figures goal) {

  Spell spell() {
    return new Spell(type, from, until);
  }

  /** The same, ended at a moment it covers. */
  public ForcedWeather endedAt(GameMoment moment) {
    return new ForcedWeather(type, since, from, settled, moment, before, goal);
  }
}
