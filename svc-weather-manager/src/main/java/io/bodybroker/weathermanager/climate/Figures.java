package io.bodybroker.weathermanager.climate;

/**
 * Everything about weather that is a number.
 *
 * @param intensity how strong, 0 to 1
 * @param temperature degrees Celsius, -40 to 50
 * @param wind kilometres an hour, 0 to 150
 * @param humidity relative, 0 to 1
 * @param visibility metres
 * @param effects what it does to those who are out in it
 */
public record Figures(
    double intensity,
    double temperature,
    double wind,
    double humidity,
    double visibility,
    Effects effects) {

  /** Brings what is out of bounds to the nearest bound. */
  public Figures {
    intensity = Math.clamp(intensity, 0, 1);
    temperature = Math.clamp(temperature, -40, 50);
    wind = Math.clamp(wind, 0, 150);
    humidity = Math.clamp(humidity, 0, 1);
  }

  /**
   * What weather does to those who are out in it.
   *
   * @param stealthBonus added to the chance of staying unseen
   * @param rangedAccuracy multiplies the accuracy of what is shot or thrown
   * @param moveSpeed multiplies the speed of walking and running
   * @param decayRate multiplies how fast organic matter decays
   */
  public record Effects(
      double stealthBonus, double rangedAccuracy, double moveSpeed, double decayRate) {
    private Effects towards(Effects goal, double share) {
      return new Effects(
          between(stealthBonus, goal.stealthBonus, share),
          between(rangedAccuracy, goal.rangedAccuracy, share),
          between(moveSpeed, goal.moveSpeed, share),
          between(decayRate, goal.decayRate, share));
    }
  }

  /** The same but for the intensity. */
  public Figures withIntensity(double value) {
    return new Figures(value, temperature, wind, humidity, visibility, effects);
  }

  /** Somewhere on the straight way to other figures: these at 0, the others at 1. */
  Figures towards(Figures goal, double share) {
    return new Figures(
        between(intensity, goal.intensity, share),
        between(temperature, goal.temperature, share),
        between(wind, goal.wind, share),
        between(humidity, goal.humidity, share),
        between(visibility, goal.visibility, share),
        effects.towards(goal.effects, share));
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
