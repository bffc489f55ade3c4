package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.Attitude;
import io.bodybroker.npcbehavior.v1.BehaviorPlan;
import io.bodybroker.npcbehavior.v1.Directive;
import io.bodybroker.npcbehavior.v1.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Decides what an NPC does. The same mind, situation and seed make the same plan; the seed decides
 * between what is equally good, and nothing else.
 *
 * <p>A plan has at most one action of a kind, the best. Nobody attacks allies, whoever says so, and
 * nobody flees and attacks in one plan: the better of the two goes.
 */
public final class Planner {
  static final int MAX_ACTIONS = 5;
  static final int MAX_REJECTED = 10;

  private Planner() {}

  /**
   * The plan.
   *
   * @param now says which directives are in force
   * @throws io.bodybroker.sdk.error.ServiceException {@code INVALID_ARGUMENT} if something is in
   *     the situation twice, or the NPC itself
   */
  public static BehaviorPlan plan(Mind mind, Situation situation, long seed, Instant now) {
    var surroundings = Surroundings.of(situation, mind);
    var stance = Stance.of(surroundings, mind.personality().getTraits());
    var directive =
        mind.directives(now).stream().filter(one -> canBeDone(one, surroundings)).findFirst();
    var chance =
        Chance.of(seed).at(mind.id()).at(Long.toString(mind.version())).at(situation.toByteArray());
    var ideas = new ArrayList<>(Ideas.of(surroundings, stance, mind, directive));
    ideas.removeIf(idea -> isForbidden(idea.type(), idea.target(), surroundings));
    ideas.sort(
        Comparator.comparingDouble(Idea::score)
            .reversed()
            .thenComparingLong(idea -> chance.at(idea.type() + "/" + idea.target()).state())
            .thenComparing(Idea::type)
            .thenComparing(Idea::target));
    var chosen = chosen(ideas);
    ideas.removeAll(chosen);
    return BehaviorPlan.newBuilder()
        .setPlanId(HexFormat.of().toHexDigits(chance.state()))
        .setNpcId(mind.id())
        .setNpcVersion(mind.version())
        .setStrategy(stance.strategy())
        .setReason(stance.reason())
        .addAllActions(chosen.stream().map(Idea::action).toList())
        .addAllGoals(mind.goals())
        .addAllRejected(ideas.stream().limit(MAX_REJECTED).map(Idea::action).toList())
        .build();
  }

  /** One that cannot be done here is not in the way of others. */
  private static boolean canBeDone(Directive directive, Surroundings surroundings) {
    var target = directive.getTargetId();
    return (target.isEmpty() || surroundings.find(target).isPresent())
        && !isForbidden(directive.getAction(), target, surroundings);
  }

  private static boolean isForbidden(
      ActionType action, String targetId, Surroundings surroundings) {
    return action == ActionType.ATTACK
        && surroundings
            .find(targetId)
            .map(target -> target.attitude() == Attitude.ALLY)
            // Whom it does not see it cannot attack.
            .orElse(true);
  }

  /** The best of each kind, the best first. */
  private static List<Idea> chosen(List<Idea> ideas) {
    Set<ActionType> kinds = EnumSet.noneOf(ActionType.class);
    var chosen = new ArrayList<Idea>();
    for (Idea idea : ideas) {
      if (chosen.size() < MAX_ACTIONS && !excludes(kinds, idea.type()) && kinds.add(idea.type())) {
        chosen.add(idea);
      }
    }
    return chosen;
  }

  private static boolean excludes(Set<ActionType> kinds, ActionType type) {
    return switch (type) {
      case ATTACK -> kinds.contains(ActionType.FLEE);
      case FLEE -> kinds.contains(ActionType.ATTACK);
      case MOVE, SPEAK, INTERACT, WAIT, DEFEND, DODGE, ACTION_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          false;
    };
  }
}
