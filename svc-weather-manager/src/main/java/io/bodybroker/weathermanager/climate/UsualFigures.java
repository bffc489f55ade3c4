package io.bodybroker.weathermanager.climate;

import io.bodybroker.weathermanager.climate.Figures.Effects;
import io.bodybroker.weathermanager.v1.WeatherType;

/**
 * The table of what is usual for weather of each type; only the temperature depends on the season.
 */
public final class UsualFigures {
  private UsualFigures() {}

  /** What weather of this type is like in this climate, before it drifts. */
  public static Figures of(WeatherType type, Climate climate) {
    double celsius = climate.temperature(type);
    // Columns: intensity, wind, humidity, visibility; stealth, accuracy, speed, decay.
    return switch (type) {
      case CLEAR -> row(celsius, 0.0, 5, 0.40, 10_000, new Effects(0.00, 1.00, 1.00, 1.0));
      case PARTLY_CLOUDY -> row(celsius, 0.2, 8, 0.50, 9_000, new Effects(0.00, 1.00, 1.00, 1.0));
      case CLOUDY -> row(celsius, 0.4, 10, 0.60, 8_000, new Effects(0.05, 1.00, 1.00, 1.0));
      case RAIN -> row(celsius, 0.6, 15, 0.90, 4_000, new Effects(0.15, 0.90, 0.95, 1.0));
      case HEAVY_RAIN -> row(celsius, 0.8, 25, 0.95, 2_000, new Effects(0.25, 0.75, 0.85, 1.0));
      case STORM -> row(celsius, 0.9, 40, 0.85, 1_500, new Effects(0.30, 0.60, 0.80, 1.0));
      case FOG -> row(celsius, 0.5, 2, 0.95, 200, new Effects(0.50, 0.50, 0.90, 1.0));
      case MIST -> row(celsius, 0.3, 3, 0.90, 2_000, new Effects(0.20, 0.85, 1.00, 1.0));
      case SNOW -> row(celsius, 0.6, 10, 0.70, 2_000, new Effects(0.10, 0.90, 0.85, 0.8));
      case HEAVY_SNOW -> row(celsius, 0.8, 20, 0.80, 800, new Effects(0.25, 0.70, 0.70, 0.8));
      case BLIZZARD -> row(celsius, 1.0, 60, 0.85, 100, new Effects(0.60, 0.30, 0.50, 0.7));
      case WINDY -> row(celsius, 0.4, 30, 0.50, 8_000, new Effects(0.10, 0.80, 0.95, 1.0));
      case EXTREME_HEAT -> row(celsius, 0.9, 5, 0.60, 6_000, new Effects(0.00, 0.90, 0.80, 1.5));
      case EXTREME_COLD -> row(celsius, 0.8, 8, 0.50, 8_000, new Effects(0.00, 0.85, 0.80, 0.6));
      case WEATHER_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("type: " + type + " (expected: a type of weather)");
    };
  }

  private static Figures row(
      double celsius,
      double intensity,
      double wind,
      double humidity,
      double visibility,
      Effects effects) {
    return new Figures(intensity, celsius, wind, humidity, visibility, effects);
  }
}
