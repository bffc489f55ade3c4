package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.Sentiments;
import java.util.EnumMap;
import java.util.Map;

/** How what happens changes what an NPC feels, and what that comes to. */
final class Feelings {
  /**
   * What an interaction does.
   *
   * @param importance how important it usually is
   */
  private record Effect(
      double trust,
      double respect,
      double affection,
      double fear,
      double disgust,
      double anger,
      double importance) {}

  private static final Map<InteractionKind, Effect> EFFECTS = new EnumMap<>(InteractionKind.class);

  static {
    // A talk makes the score 0.1 better, as long as nothing is at its bound.
    EFFECTS.put(InteractionKind.TALK, new Effect(.1, .05, .2, 0, 0, 0, .1));
    EFFECTS.put(InteractionKind.TRADE, new Effect(.15, .1, .05, 0, 0, 0, .2));
    EFFECTS.put(InteractionKind.INFORMATION, new Effect(.1, .15, 0, 0, 0, 0, .3));
    EFFECTS.put(InteractionKind.HELPED, new Effect(.25, .15, .25, -.1, -.1, -.2, .6));
    EFFECTS.put(InteractionKind.GIFT, new Effect(.1, 0, .3, 0, 0, -.1, .4));
    EFFECTS.put(InteractionKind.INSULT, new Effect(0, -.15, -.15, 0, .1, .25, .4));
    EFFECTS.put(InteractionKind.THREAT, new Effect(-.25, 0, -.1, .3, 0, .2, .6));
    EFFECTS.put(InteractionKind.FIGHT, new Effect(-.3, 0, -.2, .2, 0, .35, .7));
    EFFECTS.put(InteractionKind.BETRAYAL, new Effect(-.6, -.2, -.3, 0, .3, .4, .9));
    EFFECTS.put(InteractionKind.WITNESSED_KILL, new Effect(-.2, 0, -.1, .4, .25, 0, .8));
  }

  private Feelings() {}

  private static Effect effect(InteractionKind kind) {
    var effect = EFFECTS.get(kind);
    if (effect == null) {
      throw new IllegalArgumentException(
          "kind: " + kind + " (expected: one of " + EFFECTS.keySet() + ")");
    }
    return effect;
  }

  /** How important an interaction of a kind usually is. */
  static double importance(InteractionKind kind) {
    return effect(kind).importance();
  }

  /** What is felt after an interaction; each feeling stays between 0 and 1. */
  static Sentiments after(Sentiments before, InteractionKind kind) {
    var effect = effect(kind);
    return Sentiments.newBuilder()
        .setTrust(bounded(before.getTrust() + effect.trust()))
        .setRespect(bounded(before.getRespect() + effect.respect()))
        .setAffection(bounded(before.getAffection() + effect.affection()))
        .setFear(bounded(before.getFear() + effect.fear()))
        .setDisgust(bounded(before.getDisgust() + effect.disgust()))
        .setAnger(bounded(before.getAnger() + effect.anger()))
        .build();
  }

  /** All feelings in one number, -1 to 1. */
  static double score(Sentiments felt) {
    double score =
        0.3 * felt.getTrust()
            + 0.2 * felt.getRespect()
            + 0.3 * felt.getAffection()
            - 0.2 * felt.getFear()
            - 0.3 * felt.getDisgust()
            - 0.3 * felt.getAnger();
    return Math.clamp(score, -1.0, 1.0);
  }

  /** Rounded to a millionth, so that 0.1 added and taken away again is nothing. */
  private static double bounded(double value) {
    return Math.clamp(Math.rint(value * 1e6) / 1e6, 0.0, 1.0);
  }
}
