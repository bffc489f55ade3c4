package io.bodybroker.bodybrokerintegration.family;

import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Trait;
import java.util.List;

/**
 * A part as a buyer sees it.
 *
 * @param type what it is
 * @param grade how well it was taken out
 * @param freshness 0 to 1
 * @param traits what is rare about it
 */
public record Goods(PartType type, Grade grade, double freshness, List<Trait> traits) {
  public Goods {
    traits = List.copyOf(traits);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
