package io.bodybroker.bodybrokerintegration.drug;

import io.bodybroker.bodybrokerintegration.v1.Drug;
import java.util.EnumSet;

/**
 * What comes of two drugs taken together; which is taken first does not matter.
 *
 * @param effect what it does; empty if nothing comes of it, or death
 * @param multiplier how much stronger effects are; 0 if nothing comes of it
 * @param lethal whether whoever takes it dies
 */
public record Mixture(String effect, double multiplier, boolean lethal) {
  private static final Mixture NOTHING = new Mixture("", 0, false);
  private static final Mixture DEATH = new Mixture("", 0, true);

  /** Of two drugs. */
  public static Mixture of(Drug first, Drug second) {
    var both = EnumSet.of(first, second);
    if (both.equals(EnumSet.of(Drug.GRAVE_DUST, Drug.MOON_WINE))) {
      return new Mixture("extreme_aggression", 1.5, false);
    }
    if (both.equals(EnumSet.of(Drug.VITAE, Drug.LOGIC_SPORE))) {
      return new Mixture("cognitive_overload", 1.3, false);
    }
    return both.equals(EnumSet.of(Drug.STILL_BLOOD, Drug.AETHER)) ? DEATH : NOTHING;
  }

  /** Whether anything can be taken that is more than its parts. */
  public boolean reacts() {
    return multiplier > 0;
  }

  /** Of two qualities: their mean, as much better as effects are stronger; at most 1. */
  public double quality(double first, double second) {
    return Math.min(1, (first + second) / 2 * multiplier);
  }

  /** Of two quantities: the lesser. */
  public long quantity(long first, long second) {
    return reacts() ? Math.min(first, second) : 0;
  }
}
