package io.bodybroker.weathermanager.climate;

import io.bodybroker.weathermanager.v1.WeatherType;

/**
 * Weather of one type for a while.
 *
 * @param type the type
 * @param from its first moment
 * @param until the first moment after it
 */
record Spell(WeatherType type, GameMoment from, GameMoment until) {
  boolean covers(GameMoment moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}
