package io.bodybroker.weathermanager.climate;

import static io.bodybroker.weathermanager.v1.WeatherType.BLIZZARD;
import static io.bodybroker.weathermanager.v1.WeatherType.CLEAR;
import static io.bodybroker.weathermanager.v1.WeatherType.CLOUDY;
import static io.bodybroker.weathermanager.v1.WeatherType.EXTREME_COLD;
import static io.bodybroker.weathermanager.v1.WeatherType.EXTREME_HEAT;
import static io.bodybroker.weathermanager.v1.WeatherType.FOG;
import static io.bodybroker.weathermanager.v1.WeatherType.HEAVY_RAIN;
import static io.bodybroker.weathermanager.v1.WeatherType.HEAVY_SNOW;
import static io.bodybroker.weathermanager.v1.WeatherType.MIST;
import static io.bodybroker.weathermanager.v1.WeatherType.PARTLY_CLOUDY;
import static io.bodybroker.weathermanager.v1.WeatherType.RAIN;
import static io.bodybroker.weathermanager.v1.WeatherType.SNOW;
import static io.bodybroker.weathermanager.v1.WeatherType.STORM;
import static io.bodybroker.weathermanager.v1.WeatherType.WINDY;

import io.bodybroker.common.v1.Season;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What weather a season brings.
 *
 * <p>Each season begins with its own first weather. Afterwards all of its types are equally likely,
 * but for those that are common to the whole year <em>and</em> named by the season: they count
 * twice.
 */
public enum Climate {
  /** Cold to mild, wet, hazy. */
  SPRING(
      Season.SPRING,
      new Celsius(5, 20),
      PARTLY_CLOUDY,
      new Volatility(1.5, Map.of(RAIN, 0.5, STORM, 0.5)),
      List.of(RAIN, HEAVY_RAIN, STORM, MIST, FOG)),
  /** Hot, with long fair weather and short storms. */
  SUMMER(
      Season.SUMMER,
      new Celsius(20, 35),
      CLEAR,
      new Volatility(1, Map.of(CLEAR, 0.7, EXTREME_HEAT, 0.7, STORM, 1.8)),
      List.of(CLEAR, PARTLY_CLOUDY, STORM, EXTREME_HEAT, WINDY)),
  /** Cool, with long fog and wind. */
  FALL(
      Season.FALL,
      new Celsius(0, 15),
      CLOUDY,
      new Volatility(1.2, Map.of(WINDY, 0.6, FOG, 0.6, MIST, 0.6)),
      List.of(FOG, MIST, WINDY, RAIN, CLOUDY)),
  /** Around freezing, with long snow. */
  WINTER(
      Season.WINTER,
      new Celsius(-10, 5),
      CLOUDY,
      new Volatility(1.3, Map.of(SNOW, 0.4, HEAVY_SNOW, 0.4, BLIZZARD, 0.4)),
      List.of(SNOW, HEAVY_SNOW, BLIZZARD, EXTREME_COLD, FOG, CLOUDY));

  private static final double FREEZING = 0;

  private final Season season;
  private final Celsius range;
  private final WeatherType first;
  private final Volatility volatility;
  private final Map<WeatherType, List<WeatherType>> successors;

  Climate(
      Season season,
      Celsius range,
      WeatherType first,
      Volatility volatility,
      List<WeatherType> own) {
    this.season = season;
    this.range = range;
    this.first = first;
    this.volatility = volatility;
    this.successors = successors(own);
  }

  /** For each type, what the whole year and the season offer beside it. */
  private static Map<WeatherType, List<WeatherType>> successors(List<WeatherType> own) {
    var offered =
        Stream.concat(Stream.of(CLEAR, PARTLY_CLOUDY, CLOUDY, WINDY), own.stream()).toList();
    var successors = new EnumMap<WeatherType, List<WeatherType>>(WeatherType.class);
    for (WeatherType current : offered) {
      successors.put(current, offered.stream().filter(type -> type != current).toList());
    }
    return successors;
  }

  /** The climate of the season with this number; 0 is a winter. */
  static Climate ofSeason(long number) {
    return switch (Math.floorMod(number, 4)) {
      case 0 -> WINTER;
      case 1 -> SPRING;
      case 2 -> SUMMER;
      default -> FALL;
    };
  }

  /** The season it is of. */
  public Season season() {
    return season;
  }

  /** The weather its season begins with. */
  WeatherType first() {
    return first;
  }

  /** Whether weather of this type comes by itself. */
  public boolean brings(WeatherType type) {
    return successors.containsKey(type);
  }

  /** What can follow on weather of a type it brings; what is listed twice is twice as likely. */
  List<WeatherType> successors(WeatherType current) {
    return Objects.requireNonNull(successors.get(current));
  }

  /** How fast weather of this type changes, as a multiple of the usual. */
  double volatility(WeatherType type) {
    return volatility.exceptions().getOrDefault(type, volatility.usual());
  }

  /**
   * Degrees Celsius of weather of this type. Snow that is forced in a warm season brings its own
   * frost.
   */
  double temperature(WeatherType type) {
    return switch (type) {
      case EXTREME_HEAT -> range.max() + 10;
      case EXTREME_COLD -> range.min() - 10;
      case SNOW, HEAVY_SNOW, BLIZZARD -> Math.min(FREEZING, range.min() - 5);
      default -> (range.min() + range.max()) / 2;
    };
  }

  private record Celsius(double min, double max) {}

  private record Volatility(double usual, Map<WeatherType, Double> exceptions) {}
}
