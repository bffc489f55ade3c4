package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.mind.Surroundings.Seen;
import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.Attitude;
import io.bodybroker.npcbehavior.v1.Directive;
import io.bodybroker.npcbehavior.v1.EntityKind;
import io.bodybroker.npcbehavior.v1.Goal;
import io.bodybroker.npcbehavior.v1.GoalKind;
import io.bodybroker.npcbehavior.v1.Strategy;
import io.bodybroker.npcbehavior.v1.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an NPC could do in its surroundings, each with what speaks for it.
 *
 * <p>A score is 0.7 of the urgency that the stance gives the action, 0.2 of how much it suits the
 * traits, 0.1 of the goal it serves, and a little for nearness, weakness and liking. What is done
 * by reflex (to dodge, to flee) is all urgency.
 */
final class Ideas {
  private static final double URGENCY = 0.7;
  private static final double TRAITS = 0.2;
  private static final double GOAL = 0.1;
  private static final double DETAIL = 0.05;

  private static final double OBSTACLE_METERS = 2;
  private static final double REACH_METERS = 2;
  private static final double CLOSE_METERS = 3;
  private static final double ATTACK_METERS = 5;
  private static final double TALK_METERS = 10;
  private static final double KEEP_OFF_METERS = 10;
  private static final double FLEE_METERS = 20;
  private static final double LOOK_METERS = 50;
  private static final double IN_NEED = 0.5;

  private final Surroundings surroundings;
  private final Stance stance;
  private final Traits traits;
  private final List<Goal> goals;
  private final List<Idea> ideas = new ArrayList<>();

  private Ideas(Surroundings surroundings, Stance stance, Traits traits, List<Goal> goals) {
    this.surroundings = surroundings;
    this.stance = stance;
    this.traits = traits;
    this.goals = goals;
  }

  /** All there are, in no order; waiting is always one. */
  static List<Idea> of(
      Surroundings surroundings, Stance stance, Mind mind, Optional<Directive> directive) {
    var ideas = new Ideas(surroundings, stance, mind.personality().getTraits(), mind.goals());
    ideas.addReflexes();
    ideas.addStance();
    ideas.addCompany();
    ideas.addThings();
    directive.ifPresent(ideas::add);
    ideas.add(
        urgent(ActionType.WAIT, "", 0.1)
            .and("conscientiousness", 0.1, ideas.traits.getConscientiousness()),
        GoalKind.TASK,
        "");
    return ideas.ideas;
  }

  private static Idea urgent(ActionType type, String target, double urgency) {
    return Idea.of(type, target).and("urgency", URGENCY, urgency);
  }

  private void add(Idea idea, GoalKind goal, String target) {
    ideas.add(idea.and("goal " + goal, GOAL, wanted(goal, target)));
  }

  /** A goal about somebody in particular is none about others. */
  private double wanted(GoalKind kind, String target) {
    return goals.stream()
        .filter(goal -> goal.getKind() == kind)
        .filter(goal -> goal.getTargetId().isEmpty() || goal.getTargetId().equals(target))
        .mapToDouble(Goal::getPriority)
        .max()
        .orElse(0);
  }

  private void addReflexes() {
    surroundings.of(EntityKind.OBSTACLE).stream()
        .filter(obstacle -> obstacle.isWithin(OBSTACLE_METERS))
        .findFirst()
        .ifPresent(
            obstacle -> ideas.add(Idea.of(ActionType.DODGE, obstacle.id()).and("reflex", 1, 1)));
  }

  private void addStance() {
    switch (stance.strategy()) {
      case RETREAT ->
          surroundings.enemies().stream()
              .filter(enemy -> enemy.isWithin(FLEE_METERS))
              .findFirst()
              .ifPresent(
                  enemy -> ideas.add(Idea.of(ActionType.FLEE, enemy.id()).and("reflex", 1, 1)));
      case AGGRESSIVE -> surroundings.enemies().forEach(this::addAttack);
      case DEFENSIVE -> addDefence();
      case CURIOUS, SOCIAL, NEUTRAL, STRATEGY_UNSPECIFIED, UNRECOGNIZED -> {
        // No more than what anybody could do.
      }
    }
  }

  private void addAttack(Seen enemy) {
    boolean isInReach = enemy.isWithin(ATTACK_METERS);
    var idea =
        isInReach
            ? urgent(ActionType.ATTACK, enemy.id(), 0.9)
            : urgent(ActionType.MOVE, enemy.id(), 0.8);
    add(
        fighting(idea)
            .and("nearness", DETAIL, nearness(enemy))
            .and("weakness", DETAIL, 1 - enemy.health()),
        GoalKind.COMBAT,
        enemy.id());
  }

  private void addDefence() {
    var nearest = surroundings.enemies().stream().findFirst();
    if (nearest.isEmpty()) {
      add(fighting(urgent(ActionType.DEFEND, "", 0.7)), GoalKind.SURVIVE, "");
      return;
    }
    var enemy = nearest.get();
    if (enemy.isWithin(KEEP_OFF_METERS)) {
      double urgency = enemy.isWithin(CLOSE_METERS) ? 0.9 : 0.7;
      add(fighting(urgent(ActionType.DEFEND, enemy.id(), urgency)), GoalKind.SURVIVE, enemy.id());
    }
  }

  private Idea fighting(Idea idea) {
    return idea.and("aggression", TRAITS * 0.6, traits.getAggression())
        .and("neuroticism", TRAITS * 0.4, traits.getNeuroticism());
  }

  private void addCompany() {
    double urgency = isStance(Strategy.SOCIAL) ? 0.6 : 0.3;
    for (Seen other : surroundings.company()) {
      if (other.attitude() == Attitude.ALLY
          && other.health() < IN_NEED
          && other.isWithin(FLEE_METERS)) {
        add(
            urgent(ActionType.INTERACT, other.id(), 0.5)
                .and("agreeableness", TRAITS, traits.getAgreeableness())
                .and("need", DETAIL, 1 - other.health()),
            GoalKind.HELP,
            other.id());
      }
      if (other.isWithin(TALK_METERS)) {
        add(
            social(urgent(ActionType.SPEAK, other.id(), urgency), other),
            GoalKind.SOCIALIZE,
            other.id());
      } else if (other.isWithin(LOOK_METERS)) {
        add(
            social(urgent(ActionType.MOVE, other.id(), surroundings.isSocial() ? 0.5 : 0.2), other),
            GoalKind.SOCIALIZE,
            other.id());
      }
    }
  }

  private Idea social(Idea idea, Seen other) {
    return idea.and("extraversion", TRAITS * 0.6, traits.getExtraversion())
        .and("social", TRAITS * 0.4, traits.getSocial())
        .and("relationship", TRAITS, other.relationship())
        .and("nearness", DETAIL, nearness(other));
  }

  private void addThings() {
    boolean isCurious = isStance(Strategy.CURIOUS);
    for (Seen thing : surroundings.of(EntityKind.OBJECT)) {
      if (thing.isWithin(REACH_METERS)) {
        add(
            exploring(urgent(ActionType.INTERACT, thing.id(), isCurious ? 0.6 : 0.3), thing),
            GoalKind.EXPLORE,
            thing.id());
      } else if (thing.isWithin(LOOK_METERS)) {
        add(
            exploring(urgent(ActionType.MOVE, thing.id(), isCurious ? 0.5 : 0.2), thing),
            GoalKind.EXPLORE,
            thing.id());
      }
    }
  }

  private Idea exploring(Idea idea, Seen thing) {
    return idea.and("openness", TRAITS * 0.6, traits.getOpenness())
        .and("curiosity", TRAITS * 0.4, traits.getCuriosity())
        .and("nearness", DETAIL, nearness(thing));
  }

  /** What it is told. */
  private void add(Directive directive) {
    ideas.add(
        Idea.of(directive.getAction(), directive.getTargetId())
            .and("directive " + directive.getDirectiveId(), 1, directive.getPriority()));
  }

  private boolean isStance(Strategy strategy) {
    return stance.strategy() == strategy;
  }

  /** 1 here, 0 from a hundred metres on. */
  private static double nearness(Seen other) {
    return Math.max(0, 1 - other.distance() / 100);
  }
}
