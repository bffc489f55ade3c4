package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.v1.Personality;
import io.bodybroker.npcbehavior.v1.Preset;
import io.bodybroker.npcbehavior.v1.Traits;
import io.bodybroker.sdk.error.ServiceException;

/** What kinds of characters are like. */
public final class Personalities {
  private static final Traits USUAL =
      Traits.newBuilder()
          .setOpenness(0.5)
          .setConscientiousness(0.5)
          .setExtraversion(0.5)
          .setAgreeableness(0.5)
          .setNeuroticism(0.5)
          .setSocial(0.5)
          .setCuriosity(0.5)
          .setAggression(0.3)
          .build();

  /** Whoever was never described. */
  static final Personality UNKNOWN =
      Personality.newBuilder()
          .setPreset(Preset.CIVILIAN)
          .setTraits(traits(Preset.CIVILIAN))
          .build();

  private Personalities() {}

  /** The traits of a preset, all of them. */
  static Traits traits(Preset preset) {
    return switch (preset) {
      case MERCHANT ->
          USUAL.toBuilder()
              .setExtraversion(0.7)
              .setAgreeableness(0.8)
              .setConscientiousness(0.7)
              .build();
      case GUARD ->
          USUAL.toBuilder()
              .setConscientiousness(0.8)
              .setAggression(0.6)
              .setNeuroticism(0.4)
              .build();
      case CIVILIAN ->
          USUAL.toBuilder().setAgreeableness(0.6).setSocial(0.6).setAggression(0.2).build();
      case CRIMINAL ->
          USUAL.toBuilder().setAggression(0.7).setNeuroticism(0.6).setAgreeableness(0.3).build();
      case PRESET_UNSPECIFIED, UNRECOGNIZED -> USUAL;
    };
  }

  /**
   * The traits of a preset with others over them, each brought between 0 and 1.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming one that is no number
   */
  public static Traits traits(Preset preset, Traits others) {
    var traits = traits(preset).toBuilder().mergeFrom(others).build();
    return Traits.newBuilder()
        .setOpenness(bounded("openness", traits.getOpenness()))
        .setConscientiousness(bounded("conscientiousness", traits.getConscientiousness()))
        .setExtraversion(bounded("extraversion", traits.getExtraversion()))
        .setAgreeableness(bounded("agreeableness", traits.getAgreeableness()))
        .setNeuroticism(bounded("neuroticism", traits.getNeuroticism()))
        .setSocial(bounded("social", traits.getSocial()))
        .setCuriosity(bounded("curiosity", traits.getCuriosity()))
        .setAggression(bounded("aggression", traits.getAggression()))
        .build();
  }

  private static double bounded(String name, double value) {
    if (Double.isNaN(value)) {
      throw ServiceException.invalidArgument("traits." + name, value, "a number");
    }
    return Math.clamp(value, 0.0, 1.0);
  }
}
