package io.bodybroker.questsystem.journal;

import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveType;
import java.time.Instant;
import java.util.List;

/**
 * Something a player did.
 *
 * @param eventId names it for good: it counts once for a quest
 * @param at when
 * @param act what
 */
public record Deed(String eventId, Instant at, Act act) {
  /** What was done. */
  public sealed interface Act {}

  /** Somebody was killed. */
  public record Kill(TargetMorality morality, KillMethod method) implements Act {
    /** What nobody said is neutral. */
    public Kill {
      if (morality == TargetMorality.TARGET_MORALITY_UNSPECIFIED) {
        morality = TargetMorality.NEUTRAL;
      }
    }
  }

  /** Parts were taken out of a corpse. */
  public record Harvest(List<Part> parts) implements Act {
    /** Copies. */
    public Harvest {
      parts = List.copyOf(parts);
    }
  }

  /** Parts were sold. */
  public record Deal(Family family, List<Part> parts) implements Act {
    /** Copies. */
    public Deal {
      parts = List.copyOf(parts);
    }
  }

  /** Somebody was talked to. */
  public record Talk(String npcId) implements Act {}

  /** A part, and how well it was taken out. */
  public record Part(PartType type, Grade grade) {
    boolean isWanted(Objective objective) {
      return type == objective.getPart()
          && grade.getNumber() >= objective.getMinGrade().getNumber();
    }
  }

  /** How much of an objective is done by it. */
  int countsFor(Objective objective) {
    return switch (act) {
      case Kill kill -> counts(kill, objective) ? 1 : 0;
      case Harvest harvest ->
          objective.getType() == ObjectiveType.HARVEST
              ? (int) harvest.parts().stream().filter(part -> part.isWanted(objective)).count()
              : 0;
      case Deal deal ->
          objective.getType() == ObjectiveType.HAGGLE
                  && deal.family() == objective.getFamily()
                  && deal.parts().stream().anyMatch(part -> part.isWanted(objective))
              ? 1
              : 0;
      case Talk talk ->
          objective.getType() == ObjectiveType.TALK && talk.npcId().equals(objective.getNpcId())
              ? 1
              : 0;
    };
  }

  private static boolean counts(Kill kill, Objective objective) {
    return switch (objective.getType()) {
      case HUNT ->
          objective.getTargetMorality() == TargetMorality.TARGET_MORALITY_UNSPECIFIED
              || objective.getTargetMorality() == kill.morality();
      case COMBAT -> objective.getMethod() == kill.method();
      case HARVEST, HAGGLE, TALK, OBJECTIVE_TYPE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }
}
