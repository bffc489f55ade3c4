package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.v1.Action;
import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.ScoreTerm;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Something an NPC could do, and what speaks for it, term by term.
 *
 * <p>Immutable.
 */
record Idea(ActionType type, String target, Duration duration, List<ScoreTerm> terms) {
  Idea {
    terms = List.copyOf(terms);
  }

  static Idea of(ActionType type, String target) {
    return new Idea(type, target, duration(type), List.of());
  }

  private static Duration duration(ActionType type) {
    return switch (type) {
      case ATTACK -> Duration.ofSeconds(60);
      case SPEAK, MOVE -> Duration.ofSeconds(30);
      case INTERACT -> Duration.ofSeconds(20);
      case DODGE -> Duration.ofSeconds(1);
      case WAIT, FLEE, DEFEND, ACTION_TYPE_UNSPECIFIED, UNRECOGNIZED -> Duration.ofSeconds(10);
    };
  }

  /** With a further term; one that is nothing is left out. */
  Idea and(String name, double weight, double value) {
    double contribution = rounded(weight * value);
    if (contribution == 0) {
      return this;
    }
    var more = new ArrayList<>(terms);
    more.add(
        ScoreTerm.newBuilder()
            .setName(name)
            .setWeight(rounded(weight))
            .setValue(rounded(value))
            .setContribution(contribution)
            .build());
    return new Idea(type, target, duration, more);
  }

  /** The sum of the terms, 0 to 1. */
  double score() {
    double sum = terms.stream().mapToDouble(ScoreTerm::getContribution).sum();
    return Math.clamp(rounded(sum), 0.0, 1.0);
  }

  /** To a millionth, so that sums do not depend on what is added first. */
  private static double rounded(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }

  Action action() {
    return Action.newBuilder()
        .setType(type)
        .setTargetId(target)
        .setScore(score())
        .addAllTerms(terms)
        .setDuration(ProtoTimes.duration(duration))
        .build();
  }
}
