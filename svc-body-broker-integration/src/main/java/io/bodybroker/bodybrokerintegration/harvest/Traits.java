package io.bodybroker.bodybrokerintegration.harvest;

import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Trait;
import java.util.ArrayList;
import java.util.List;

/** What is rare about a body: it follows from its name and world, so that nobody can claim it. */
public final class Traits {
  private static final double RARE = 0.05;

  private Traits() {}

  /** Of one body. */
  public static List<Trait> of(String world, String target) {
    var traits = new ArrayList<Trait>();
    for (Trait trait : List.of(Trait.GENIUS, Trait.RARE_VINTAGE)) {
      // Ids cannot hold a slash, so no two bodies have the same text.
      if (Chance.fraction(world + "/" + target, trait.getNumber()) < RARE) {
        traits.add(trait);
      }
    }
    return List.copyOf(traits);
  }

  /** Those that show in a part. */
  public static List<Trait> shownBy(PartType type, List<Trait> traits) {
    return traits.stream().filter(trait -> carrier(trait) == type).toList();
  }

  private static PartType carrier(Trait trait) {
    return switch (trait) {
      case GENIUS -> PartType.BRAIN;
      case RARE_VINTAGE -> PartType.BLOOD;
      case TRAIT_UNSPECIFIED, UNRECOGNIZED -> PartType.PART_TYPE_UNSPECIFIED;
    };
  }
}
