package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.v1.Strategy;
import io.bodybroker.npcbehavior.v1.Traits;

/**
 * How an NPC goes about what it sees.
 *
 * @param strategy how
 * @param reason the rule that says so
 */
record Stance(Strategy strategy, String reason) {
  private static final double HURT = 0.3;
  private static final double STRONG = 0.7;

  static Stance of(Surroundings surroundings, Traits traits) {
    boolean hasEnemies = !surroundings.enemies().isEmpty();
    if (hasEnemies && surroundings.health() < HURT) {
      return new Stance(Strategy.RETREAT, "enemies, and health below 0.3");
    }
    if (hasEnemies && traits.getAggression() > STRONG) {
      return new Stance(Strategy.AGGRESSIVE, "enemies, and aggression above 0.7");
    }
    if (hasEnemies) {
      return new Stance(Strategy.DEFENSIVE, "enemies");
    }
    if (surroundings.isInDanger()) {
      return new Stance(Strategy.DEFENSIVE, "danger");
    }
    if (traits.getCuriosity() > STRONG) {
      return new Stance(Strategy.CURIOUS, "curiosity above 0.7");
    }
    if (traits.getSocial() > STRONG) {
      return new Stance(Strategy.SOCIAL, "social above 0.7");
    }
    return new Stance(Strategy.NEUTRAL, "nothing in particular");
  }
}
