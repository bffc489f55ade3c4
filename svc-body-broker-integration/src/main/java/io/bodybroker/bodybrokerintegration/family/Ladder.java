package io.bodybroker.bodybrokerintegration.family;

import static io.bodybroker.bodybrokerintegration.v1.PartType.HEART;
import static io.bodybroker.bodybrokerintegration.v1.PartType.LIVER;
import static io.bodybroker.bodybrokerintegration.v1.PartType.LUNG;

import io.bodybroker.bodybrokerintegration.harvest.Grades;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What must be done for a family before the next one deals with a player.
 *
 * @param needed how much of it
 * @param condition in words
 * @param unlocks who deals with the player then; empty at the top
 */
public record Ladder(long needed, String condition, Optional<Family> unlocks) {
  private static final int BULK = 3;
  private static final double FRESH = 0.75;
  private static final Set<PartType> RITUAL = Set.of(HEART, LIVER, LUNG);

  /** Who deals with everybody. */
  public static boolean isOpenFromTheStart(Family family) {
    return family == Family.CARRION_KIN || family == Family.CHATTER_SWARM;
  }

  /** The rung of a family. Either of the two lowest leads to the third. */
  public static Ladder of(Family family) {
    return switch (family) {
      case CARRION_KIN -> rung(10, "deals of at least three parts", Family.STITCH_GUILD);
      case CHATTER_SWARM -> rung(50, "sensory organs sold", Family.STITCH_GUILD);
      case STITCH_GUILD -> rung(5, "pristine parts sold", Family.MOON_CLANS);
      case MOON_CLANS ->
          rung(
              3,
              "deals of nothing but fresh hearts, livers and lungs, prime or better",
              Family.VAMPIRIC_HOUSES);
      case VAMPIRIC_HOUSES -> rung(1, "blood of a rare vintage sold", Family.OBSIDIAN_SYNOD);
      case OBSIDIAN_SYNOD -> rung(1, "brain of a genius sold", Family.SILENT_COURT);
      case SILENT_COURT ->
          rung(1, "bargain that ended with an excellent outcome", Family.LEVIATHAN_CONCLAVE);
      case LEVIATHAN_CONCLAVE -> new Ladder(1, "soul delivered and survived", Optional.empty());
      case FAMILY_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("family: " + family);
    };
  }

  private static Ladder rung(long needed, String condition, Family next) {
    return new Ladder(needed, condition, Optional.of(next));
  }

  /** How far a completed deal brings a player with a family. */
  public static long progress(Family family, List<Goods> sold, Outcome outcome) {
    return switch (family) {
      case CARRION_KIN -> sold.size() >= BULK ? 1 : 0;
      case CHATTER_SWARM, LEVIATHAN_CONCLAVE -> sold.size();
      case STITCH_GUILD -> sold.stream().filter(goods -> goods.grade() == Grade.PRISTINE).count();
      case MOON_CLANS -> sold.stream().allMatch(Ladder::isRitual) ? 1 : 0;
      case VAMPIRIC_HOUSES -> count(sold, Trait.RARE_VINTAGE);
      case OBSIDIAN_SYNOD -> count(sold, Trait.GENIUS);
      case SILENT_COURT -> outcome == Outcome.EXCELLENT_OUTCOME ? 1 : 0;
      case FAMILY_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("family: " + family);
    };
  }

  private static boolean isRitual(Goods goods) {
    return RITUAL.contains(goods.type())
        && Grades.isAtLeast(goods.grade(), Grade.PRIME)
        && goods.freshness() >= FRESH;
  }

  private static long count(List<Goods> sold, Trait trait) {
    return sold.stream().filter(goods -> goods.has(trait)).count();
  }
}
