package io.bodybroker.bodybrokerintegration.drug;

import io.bodybroker.bodybrokerintegration.v1.Drug;
import java.util.List;

/**
 * What a drug is, one row for each.
 *
 * @param drug which
 * @param streetValue of one unit, in euros
 * @param effects what it does when it is pure
 * @param sideEffect what it does besides, pure or not
 */
public record DrugProfile(Drug drug, long streetValue, List<Effect> effects, Effect sideEffect) {
  /**
   * What a drug does.
   *
   * @param name of the effect
   * @param magnitude how strong
   * @param minutes how long; 0 for good
   */
  public record Effect(String name, double magnitude, int minutes) {}

  public DrugProfile {
    effects = List.copyOf(effects);
  }

  /** The row of a drug. */
  public static DrugProfile of(Drug drug) {
    return switch (drug) {
      case GRAVE_DUST ->
          row(
              drug,
              50,
              effect("paranoia", 1, 60),
              effect("strength", 1.5, 30),
              effect("pain_resistance", 1.3, 30));
      case HIVE_NECTAR ->
          row(drug, 200, effect("sensory_overload", 0.8, 60), effect("telepathy", 1, 60));
      case STILL_BLOOD ->
          row(drug, 1_000, effect("necrosis", 0.5, 240), effect("regeneration", 2, 120));
      case MOON_WINE ->
          row(
              drug,
              1_500,
              effect("fury", 1.5, 45),
              effect("speed", 2, 45),
              effect("senses", 1.8, 45));
      case VITAE ->
          row(
              drug,
              5_000,
              effect("light_sensitivity", 0.7, 240),
              effect("charm", 1.8, 180),
              effect("influence", 1.6, 180));
      case LOGIC_SPORE ->
          row(
              drug,
              10_000,
              effect("dissociation", 1.2, 180),
              effect("datastreams", 2, 120),
              effect("prediction", 1.9, 120),
              effect("calculation", 2, 120));
      case ENCHANTMENT ->
          row(drug, 50_000, effect("ironic_twist", 1, 0), effect("reality_bend", 1, 0));
      case AETHER ->
          row(drug, 100_000, effect("world_rejection", 1, 0), effect("spellcasting", 1, 0));
      case DRUG_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("drug: " + drug);
    };
  }

  private static DrugProfile row(Drug drug, long value, Effect side, Effect... effects) {
    return new DrugProfile(drug, value, List.of(effects), side);
  }

  private static Effect effect(String name, double magnitude, int minutes) {
    return new Effect(name, magnitude, minutes);
  }

  /** What one unit of this quality is worth. */
  public double value(double quality) {
    return streetValue * quality;
  }

  /** What it does at this quality: side effects do not get weaker. */
  public List<Effect> effects(double quality) {
    return effects.stream()
        .map(effect -> effect(effect.name(), effect.magnitude() * quality, effect.minutes()))
        .toList();
  }
}
