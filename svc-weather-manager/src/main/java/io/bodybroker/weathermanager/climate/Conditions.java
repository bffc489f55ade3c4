package io.bodybroker.weathermanager.climate;

import io.bodybroker.weathermanager.v1.WeatherType;

/** The kind of weather and its figures. */
public record Conditions(WeatherType type, Figures figures) {}
