package io.bodybroker.weathermanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.climate.Conditions;
import io.bodybroker.weathermanager.climate.Figures;
import io.bodybroker.weathermanager.climate.ForcedWeather;
import io.bodybroker.weathermanager.climate.GameMoment;
import io.bodybroker.weathermanager.state.v1.StoredForcedWeather;
import io.bodybroker.weathermanager.v1.WeatherCondition;
import io.bodybroker.weathermanager.v1.WeatherEffects;

/** Our values as protobuf has them, and back. */
final class Wire {
  private Wire() {}

  static com.google.protobuf.Duration sinceFirst(GameMoment moment) {
    return ProtoTimes.duration(moment.sinceFirst());
  }

  static GameMoment moment(com.google.protobuf.Duration sinceFirst) {
    return GameMoment.of(ProtoTimes.duration(sinceFirst));
  }

  /**
   * With the digits that mean something: a tenth of a degree, a metre, a thousandth of what is 0 to
   * 1.
   */
  static WeatherCondition condition(Conditions conditions) {
    var figures = conditions.figures();
    var effects = figures.effects();
    return WeatherCondition.newBuilder()
        .setType(conditions.type())
        .setIntensity(round(figures.intensity(), 1000))
        .setTemperatureCelsius(round(figures.temperature(), 10))
        .setWindSpeedKmh(round(figures.wind(), 10))
        .setHumidity(round(figures.humidity(), 1000))
        .setVisibilityMeters(round(figures.visibility(), 1))
        .setEffects(
            WeatherEffects.newBuilder()
                .setStealthBonus(round(effects.stealthBonus(), 1000))
                .setRangedAccuracy(round(effects.rangedAccuracy(), 1000))
                .setMoveSpeed(round(effects.moveSpeed(), 1000))
                .setDecayRate(round(effects.decayRate(), 1000)))
        .build();
  }

  private static double round(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }

  private static Conditions conditions(WeatherCondition condition) {
    var effects = condition.getEffects();
    return new Conditions(
        condition.getType(),
        new Figures(
            condition.getIntensity(),
            condition.getTemperatureCelsius(),
            condition.getWindSpeedKmh(),
            condition.getHumidity(),
            condition.getVisibilityMeters(),
            new Figures.Effects(
                effects.getStealthBonus(),
                effects.getRangedAccuracy(),
                effects.getMoveSpeed(),
                effects.getDecayRate())));
  }

  static StoredForcedWeather stored(ForcedWeather weather) {
    return StoredForcedWeather.newBuilder()
        .setType(weather.type())
        .setSince(sinceFirst(weather.since()))
        .setFrom(sinceFirst(weather.from()))
        .setSettled(sinceFirst(weather.settled()))
        .setUntil(sinceFirst(weather.until()))
        .setBefore(condition(weather.before()))
        .setGoal(condition(new Conditions(weather.type(), weather.goal())))
        .build();
  }

  static ForcedWeather forced(StoredForcedWeather stored) {
    return new ForcedWeather(
        stored.getType(),
        moment(stored.getSince()),
        moment(stored.getFrom()),
        moment(stored.getSettled()),
        moment(stored.getUntil()),
        conditions(stored.getBefore()),
        conditions(stored.getGoal()).figures());
  }
}
