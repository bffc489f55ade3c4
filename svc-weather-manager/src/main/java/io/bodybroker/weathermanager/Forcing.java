package io.bodybroker.weathermanager;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.climate.ForcedWeather;
import io.bodybroker.weathermanager.climate.GameMoment;
import io.bodybroker.weathermanager.climate.Transition;
import io.bodybroker.weathermanager.climate.UsualFigures;
import io.bodybroker.weathermanager.climate.ZoneWeatherLine;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Weather that somebody wants, checked.
 *
 * @param type its type
 * @param intensity how strong; empty for the usual
 * @param duration how long in game time
 * @param transition how long the figures move, at most the duration
 */
record Forcing(WeatherType type, OptionalDouble intensity, Duration duration, Duration transition) {
  static final Duration SHORTEST = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofDays(7);
  static final Duration USUAL = Duration.ofHours(6);

  /**
   * What a request asks for.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming the field, its value and the range
   */
  static Forcing of(SetWeatherRequest request) {
    var duration = USUAL;
    if (request.hasDuration()) {
      duration = within("duration", request.getDuration(), SHORTEST, LONGEST);
    }
    var transition = Transition.NATURAL.compareTo(duration) < 0 ? Transition.NATURAL : duration;
    if (request.hasTransition()) {
      transition = within("transition", request.getTransition(), Duration.ZERO, duration);
    }
    var intensity =
        request.hasIntensity() ? OptionalDouble.of(request.getIntensity()) : OptionalDouble.empty();
    return new Forcing(request.getType(), intensity, duration, transition);
  }

  private static Duration within(
      String field, com.google.protobuf.Duration value, Duration min, Duration max) {
    // Compared in seconds first: a Duration of the wire can be more than one of Java.
    if (value.getSeconds() >= min.toSeconds() && value.getSeconds() <= max.toSeconds()) {
      var duration = ProtoTimes.duration(value);
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    }
    var shown =
        value.getSeconds() + "s" + (value.getNanos() == 0 ? "" : " " + value.getNanos() + "ns");
    throw ServiceException.invalidArgument(
        field, shown, min.toSeconds() + "s to " + max.toSeconds() + "s");
  }

  /** The forced weather this makes of a zone's weather from a moment on. */
  ForcedWeather from(GameMoment moment, ZoneWeatherLine line) {
    var before = line.at(moment);
    var goal = UsualFigures.of(type, moment.climate());
    return new ForcedWeather(
        type,
        before.type() == type ? line.lastChange(moment) : moment,
        moment,
        moment.plus(transition),
        moment.plus(duration),
        before,
        intensity.isPresent() ? goal.withIntensity(intensity.getAsDouble()) : goal);
  }
}
