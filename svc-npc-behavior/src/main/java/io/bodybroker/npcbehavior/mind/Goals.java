package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.v1.Goal;
import io.bodybroker.npcbehavior.v1.GoalKind;
import io.bodybroker.npcbehavior.v1.Traits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an NPC wants: what it was given, which fades, and what comes from its traits, which does
 * not.
 */
final class Goals {
  static final int MOST = 10;

  private static final double FADING = 0.1;
  private static final double TRAIT_THRESHOLD = 0.6;

  /** The most wanted first; among equals by kind and target, so that the order is one. */
  private static final Comparator<Goal> ORDER =
      Comparator.comparingDouble(Goal::getPriority)
          .reversed()
          .thenComparing(Goal::getKind)
          .thenComparing(Goal::getTargetId);

  private Goals() {}

  /** Given goals and those of the traits, the most wanted first, as many as there can be. */
  static List<Goal> all(List<Goal> given, Traits traits) {
    return Stream.concat(given.stream(), innate(traits).stream())
        .sorted(ORDER)
        .limit(MOST)
        .toList();
  }

  /** What comes from the traits: at least to survive. */
  private static List<Goal> innate(Traits traits) {
    var goals = new ArrayList<Goal>();
    add(goals, GoalKind.COMBAT, traits.getAggression());
    add(goals, GoalKind.SOCIALIZE, traits.getSocial());
    add(goals, GoalKind.EXPLORE, traits.getCuriosity());
    add(goals, GoalKind.TASK, traits.getConscientiousness());
    if (goals.isEmpty()) {
      goals.add(goal(GoalKind.SURVIVE, 0.5));
    }
    return goals;
  }

  private static void add(List<Goal> goals, GoalKind kind, double trait) {
    if (trait > TRAIT_THRESHOLD) {
      goals.add(goal(kind, trait));
    }
  }

  private static Goal goal(GoalKind kind, double priority) {
    return Goal.newBuilder().setKind(kind).setPriority(priority).setInnate(true).build();
  }

  /** Given goals one step later; those that have faded are gone. */
  static List<Goal> aged(List<Goal> given) {
    return given.stream()
        .map(goal -> goal.toBuilder().setPriority(rounded(goal.getPriority() - FADING)).build())
        .filter(goal -> goal.getPriority() > FADING)
        .toList();
  }

  /** So that 0.3 less 0.1 twice is 0.1. */
  private static double rounded(double priority) {
    return Math.rint(priority * 1e6) / 1e6;
  }

  /**
   * Given goals with another, or with another priority of one; of too many the least is dropped.
   */
  static List<Goal> with(List<Goal> given, Goal goal) {
    var others =
        given.stream()
            .filter(old ->
                old.getKind() != goal.getKind() || !old.getTargetId().equals(goal.getTargetId()));
    return Stream.concat(others, Stream.of(goal)).sorted(ORDER).limit(MOST).toList();
  }
}
