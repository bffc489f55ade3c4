package io.bodybroker.weathermanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.climate.GameMoment;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.climate.Transition;
import io.bodybroker.weathermanager.climate.ZoneWeatherLine;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.ForecastHour;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.bodybroker.weathermanager.v1.WeatherTransition;
import io.bodybroker.weathermanager.v1.WeatherType;
import io.bodybroker.weathermanager.v1.ZoneWeather;
import java.time.Duration;

/**
 * A zone as it is stored, or would be, with the weather that follows from it; and how both look to
 * those who ask.
 *
 * @param state what is stored
 * @param line the weather that follows
 */
record Zone(StoredZone state, ZoneWeatherLine line) {
  /** Twice as long as a spell can last. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(2);

  private static final double LEAST_CONFIDENCE = 0.1;
  private static final double MOST_CONFIDENCE = 0.95;
  private static final double CONFIDENCE_HOURS = 24;

  static Zone of(StoredZone state, NaturalWeather natural) {
    var line = ZoneWeatherLine.of(natural, state.getWorldId(), state.getZoneId(), state.getSeed());
    return new Zone(state, state.hasForced() ? line.with(Wire.forced(state.getForced())) : line);
  }

  /** Whether there is a document of it: only those have a type to announce changes from. */
  boolean isStored() {
    return state.getAnnounced() != WeatherType.WEATHER_TYPE_UNSPECIFIED;
  }

  /** Whether weather was forced on it that was over before any spell of now began. */
  boolean isForcedLongAgo(GameMoment now) {
    return state.hasForced()
        && Wire.forced(state.getForced()).until().plus(FORGOTTEN_AFTER).isBefore(now);
  }

  /** The weather at a moment. */
  ZoneWeather weather(GameMoment moment, GameClock clock) {
    var last = line.lastChange(moment);
    var next = line.nextChange(moment);
    var weather =
        ZoneWeather.newBuilder()
            .setWorldId(state.getWorldId())
            .setZoneId(state.getZoneId())
            .setGameTime(moment.toGameTime())
            .setSeason(moment.climate().season())
            .setCondition(Wire.condition(line.at(moment)))
            .setLastChange(ProtoTimes.timestamp(clock.when(last)))
            .setNextChange(ProtoTimes.timestamp(clock.when(next)))
            .setLastChangeGameTime(last.toGameTime())
            .setNextChangeGameTime(next.toGameTime())
            .setNextType(line.typeAt(next))
            .setForced(line.forcedAt(moment).isPresent());
    line.transitionAt(moment)
        .ifPresent(change -> weather.setTransition(transition(change, moment, clock)));
    return weather.build();
  }

  private static WeatherTransition transition(
      Transition change, GameMoment moment, GameClock clock) {
    return WeatherTransition.newBuilder()
        .setFrom(change.from())
        .setProgress(change.progress(moment))
        .setEnds(ProtoTimes.timestamp(clock.when(change.settled())))
        .build();
  }

  /** What is foretold at a moment for so many hours later. */
  ForecastHour foretell(GameMoment moment, int hours, GameClock clock) {
    var then = moment.plus(Duration.ofHours(hours));
    return ForecastHour.newBuilder()
        .setForecastTime(ProtoTimes.timestamp(clock.when(then)))
        .setGameTime(then.toGameTime())
        .setSeason(then.climate().season())
        .setCondition(Wire.condition(line.at(then)))
        .setConfidence(confidence(hours))
        .build();
  }

  private static double confidence(int hours) {
    double left = MOST_CONFIDENCE * StrictMath.exp(-hours / CONFIDENCE_HOURS);
    return Math.max(LEAST_CONFIDENCE, left);
  }

  /** The event for what it is at a moment, after what was announced before. */
  WeatherChanged change(GameMoment moment, GameClock clock) {
    var since = line.lastChange(moment);
    var settled = line.transitionAt(moment).map(Transition::settled).orElse(moment);
    return WeatherChanged.newBuilder()
        .setWorldId(state.getWorldId())
        .setZoneId(state.getZoneId())
        .setSequence(state.getSequence() + 1)
        .setOldType(state.getAnnounced())
        .setNewType(line.typeAt(moment))
        .setCondition(Wire.condition(line.at(settled)))
        .setSeason(moment.climate().season())
        .setGameTime(since.toGameTime())
        .setNextChange(ProtoTimes.timestamp(clock.when(line.nextChange(moment))))
        .build();
  }

  /** The zone as answers to ListZones and ConfigureZone show it. */
  io.bodybroker.weathermanager.v1.Zone listed() {
    return io.bodybroker.weathermanager.v1.Zone.newBuilder()
        .setWorldId(state.getWorldId())
        .setZoneId(state.getZoneId())
        .setSeed(state.getSeed())
        .setStored(isStored())
        .build();
  }
}
