package io.bodybroker.bodybrokerintegration.haggle;

import io.bodybroker.bodybrokerintegration.drug.DrugProfile;
import io.bodybroker.bodybrokerintegration.family.Goods;
import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.v1.BookTier;
import io.bodybroker.bodybrokerintegration.v1.Demand;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.bodybrokerintegration.v1.Tactic;
import java.util.Collection;
import java.util.List;

/**
 * One round of haggling, decided. The same round ends always the same.
 *
 * @param leverage what it follows from
 * @param outcome what came of it
 * @param worth what the goods are worth to the family, in euros
 * @param price what it gives for them, in euros
 * @param quantity how much of its drug that is; 0 if there is no deal
 */
public record Haggle(double leverage, Outcome outcome, long worth, long price, long quantity) {
  private static final int AVERAGE_CHARISMA = 5;

  /**
   * What a player brings to a round.
   *
   * @param regard what the family thinks of the player
   * @param charisma 1 to 10
   * @param tactics how the player talks
   * @param used tactics used before in this deal
   */
  public record Stance(int regard, int charisma, List<Tactic> tactics, Collection<Tactic> used) {
    public Stance {
      tactics = List.copyOf(tactics);
      used = List.copyOf(used);
    }
  }

  /** Decides a round. */
  public static Haggle of(Profile family, Stance stance, Demand demand, List<Goods> goods) {
    double leverage =
        rounded(
            (stance.regard() - 50) / 100.0
                + (stance.charisma() - AVERAGE_CHARISMA) / 10.0
                + Demands.leverage(demand)
                + quality(family, goods)
                + Tactics.leverage(family.temperament(), stance.tactics(), stance.used()));
    var outcome = Outcomes.of(leverage, family.aggression());
    double worth = goods.stream().mapToDouble(family::worth).sum();
    double price = rounded(worth * Outcomes.multiplier(outcome));
    return new Haggle(leverage, outcome, (long) worth, (long) price, quantity(family, price));
  }

  /** To nine digits: sums of tenths must meet the limits of outcomes as they do on paper. */
  private static double rounded(double value) {
    return Math.round(value * 1e9) / 1e9;
  }

  /** The mean over the parts; 0 for a family that does not look at grades. */
  private static double quality(Profile family, List<Goods> goods) {
    return family.mindsGrade()
        ? goods.stream().mapToDouble(part -> leverage(part.grade())).average().orElse(0)
        : 0;
  }

  static double leverage(Grade grade) {
    return switch (grade) {
      case JUNK -> -0.3;
      case DAMAGED -> -0.15;
      case GOOD, GRADE_UNSPECIFIED, UNRECOGNIZED -> 0;
      case PRIME -> 0.2;
      case PRISTINE -> 0.4;
    };
  }

  /** {@code floor(price / (street value * rate))}. */
  static long quantity(Profile family, double price) {
    double unit = DrugProfile.of(family.pays()).streetValue() * family.rate();
    return (long) Math.floor(price / unit);
  }

  /** How persuasive somebody is who knows a client so well: 5 to 8. */
  public static int charisma(BookTier knowledge) {
    return AVERAGE_CHARISMA
        + switch (knowledge) {
          case FAMILIARITY -> 1;
          case EXPERTISE -> 2;
          case MASTERY -> 3;
          case WHISPERS, AWARENESS, BOOK_TIER_UNSPECIFIED, UNRECOGNIZED -> 0;
        };
  }

  /** Whether there is a deal: the family wants one, and a unit of its drug at least comes of it. */
  public boolean isDeal() {
    return quantity > 0;
  }
}
