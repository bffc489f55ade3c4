/**
 * What the weather is, as pure functions of world, zone, seed and game time.
 *
 * <p>Start with {@link io.bodybroker.weathermanager.climate.ZoneWeatherLine}, the weather of one
 * zone over all game time. It is made of two layers: {@link
 * io.bodybroker.weathermanager.climate.NaturalWeather}, laid out season by season from a seed, and
 * at most one {@link io.bodybroker.weathermanager.climate.ForcedWeather} over it. {@link
 * io.bodybroker.weathermanager.climate.Climate} and {@link
 * io.bodybroker.weathermanager.climate.UsualFigures} are the tables of the game's rules. Knows
 * neither real time nor transport; may use the contract's enums.
 */
@NullMarked
package io.bodybroker.weathermanager.climate;

import org.jspecify.annotations.NullMarked;
