/**
 * The weather of each zone of each game world.
 *
 * <p>Start with {@link io.bodybroker.weathermanager.WeatherManager}, which answers calls, and
 * {@link io.bodybroker.weathermanager.ChangeAnnouncer}, which publishes changes; what the weather
 * is they get from {@link io.bodybroker.weathermanager.climate}, which knows neither documents nor
 * calls.
 */
@NullMarked
package io.bodybroker.weathermanager;

import org.jspecify.annotations.NullMarked;
