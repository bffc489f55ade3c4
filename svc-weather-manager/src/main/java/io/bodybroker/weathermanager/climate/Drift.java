package io.bodybroker.weathermanager.climate;

/**
 * The small ups and downs of weather. Every ten minutes of the game each figure has a random
 * deviation, and in between it moves straight from one to the next. Deviations belong to the game
 * time, not to a spell, so a change of weather does not make them jump.
 */
record Drift(Chance chance) {
  static final double INTENSITY = 0.1;
  static final double TEMPERATURE = 2;
  static final double WIND = 5;

  private static final long STEP_SECONDS = 600;

  /** Figures as they are at a moment, at most one drift away from what they would be without. */
  Figures apply(Figures figures, GameMoment moment) {
    return new Figures(
        figures.intensity() + INTENSITY * deviation(0, moment),
        figures.temperature() + TEMPERATURE * deviation(1, moment),
        figures.wind() + WIND * deviation(2, moment),
        figures.humidity(),
        figures.visibility(),
        figures.effects());
  }

  private double deviation(int figure, GameMoment moment) {
    long second = Math.floorDiv(moment.millis(), 1000);
    long step = Math.floorDiv(second, STEP_SECONDS);
    double share = Math.floorMod(second, STEP_SECONDS) / (double) STEP_SECONDS;
    double from = atStep(figure, step);
    return from + (atStep(figure, step + 1) - from) * share;
  }

  private double atStep(int figure, long step) {
    return 2 * chance.at(figure).at(step).fraction() - 1;
  }
}
