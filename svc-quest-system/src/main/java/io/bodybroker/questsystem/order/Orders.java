package io.bodybroker.questsystem.order;

import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the families order, and what they pay for it. */
final class Orders {
  /** What an order brings before anything is multiplied. */
  enum Tier {
    LOW(100, 50, 10),
    MID(250, 75, 15),
    HIGH(500, 100, 25);

    private final int credits;
    private final int experience;
    private final int reputation;

    Tier(int credits, int experience, int reputation) {
      this.credits = credits;
      this.experience = experience;
      this.reputation = reputation;
    }

    int credits() {
      return credits;
    }

    int experience() {
      return experience;
    }

    int reputation() {
      return reputation;
    }
  }

  /**
   * What one family orders.
   *
   * @param tier how well it pays
   * @param parts what it wants, one of these at a time
   * @param isBulk whether it wants twice as many, a grade less good
   */
  record Order(Tier tier, List<PartType> parts, boolean isBulk) {}

  private static final Map<Family, Order> OF = new EnumMap<>(Family.class);

  static {
    put(Family.CARRION_KIN, Tier.LOW, true, PartType.FLESH, PartType.BONE, PartType.BLOOD);
    put(Family.CHATTER_SWARM, Tier.LOW, false, PartType.EYE, PartType.TONGUE, PartType.VOCAL_CORDS);
    put(
        Family.STITCH_GUILD,
        Tier.MID,
        false,
        PartType.SKIN,
        PartType.BONE,
        PartType.NERVOUS_SYSTEM);
    put(Family.MOON_CLANS, Tier.MID, false, PartType.HEART, PartType.LIVER, PartType.LUNG);
    put(Family.VAMPIRIC_HOUSES, Tier.MID, false, PartType.BLOOD);
    put(Family.OBSIDIAN_SYNOD, Tier.HIGH, false, PartType.BRAIN, PartType.SPINAL_CORD);
    put(Family.SILENT_COURT, Tier.HIGH, false, PartType.CONCEPT);
    put(Family.LEVIATHAN_CONCLAVE, Tier.HIGH, false, PartType.SOUL);
  }

  private Orders() {}

  private static void put(Family family, Tier tier, boolean isBulk, PartType... parts) {
    OF.put(family, new Order(tier, List.of(parts), isBulk));
  }

  static Order of(Family family) {
    var order = OF.get(family);
    if (order == null) {
      throw new IllegalArgumentException("family: " + family + " (expected: " + OF.keySet() + ")");
    }
    return order;
  }
}
