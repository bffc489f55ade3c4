package io.bodybroker.bodybrokerintegration.haggle;

import io.bodybroker.bodybrokerintegration.harvest.Chance;
import io.bodybroker.bodybrokerintegration.v1.Demand;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.common.v1.MoonPhase;

/**
 * How much a family wants what it buys: another each day of the game, the same for everybody in its
 * world. One day in five it is low, three in ten high, one in twenty critical; for the moon clans
 * it is critical whenever the moon is full.
 */
public final class Demands {
  private Demands() {}

  /** On a day of a world's calendar. */
  public static Demand of(String world, Family family, long day, MoonPhase moon) {
    if (family == Family.MOON_CLANS && moon == MoonPhase.FULL) {
      return Demand.CRITICAL_DEMAND;
    }
    double draw = Chance.fraction(world + "/" + family.getNumber(), day);
    if (draw < 0.2) {
      return Demand.LOW_DEMAND;
    }
    if (draw < 0.65) {
      return Demand.NORMAL_DEMAND;
    }
    return draw < 0.95 ? Demand.HIGH_DEMAND : Demand.CRITICAL_DEMAND;
  }

  static double leverage(Demand demand) {
    return switch (demand) {
      case LOW_DEMAND -> -0.2;
      case NORMAL_DEMAND, DEMAND_UNSPECIFIED, UNRECOGNIZED -> 0;
      case HIGH_DEMAND -> 0.2;
      case CRITICAL_DEMAND -> 0.5;
    };
  }
}
