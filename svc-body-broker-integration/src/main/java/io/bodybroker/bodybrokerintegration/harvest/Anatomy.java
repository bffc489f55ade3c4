package io.bodybroker.bodybrokerintegration.harvest;

import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.PartType;

/**
 * What a body has, one row for each part.
 *
 * @param type the part
 * @param pieces how often a body has it
 * @param amount how much of it one piece is: litres of blood, square metres of skin, else 1
 * @param unitValue what one unit of good quality is worth, in euros
 * @param liveOnly whether it is lost when its owner dies
 */
public record Anatomy(PartType type, int pieces, double amount, long unitValue, boolean liveOnly) {
  /** The row of a part. */
  public static Anatomy of(PartType type) {
    return switch (type) {
      case BRAIN -> single(type, 80_000);
      case SPINAL_CORD -> single(type, 60_000);
      case HEART -> single(type, 50_000);
      case LIVER -> single(type, 45_000);
      case KIDNEY -> new Anatomy(type, 2, 1, 20_000, false);
      case LUNG -> new Anatomy(type, 2, 1, 15_000, false);
      case EYE -> new Anatomy(type, 2, 1, 10_000, false);
      case BONE -> single(type, 5_000);
      case BLOOD -> new Anatomy(type, 1, 5, 500, false);
      case SKIN -> new Anatomy(type, 1, 2, 100, false);
      case TONGUE -> single(type, 8_000);
      case VOCAL_CORDS -> single(type, 12_000);
      case NERVOUS_SYSTEM -> single(type, 55_000);
      case FLESH -> single(type, 2_000);
      case CONCEPT -> new Anatomy(type, 1, 1, 150_000, true);
      case SOUL -> new Anatomy(type, 1, 1, 250_000, true);
      case PART_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("type: " + type + " (expected: a part of a body)");
    };
  }

  private static Anatomy single(PartType type, long value) {
    return new Anatomy(type, 1, 1, value, false);
  }

  /** What one piece of good quality is worth. */
  public double baseValue() {
    return amount * unitValue;
  }

  /** Whether it can be taken out of somebody who came to the table like this. */
  public boolean survives(KillMethod method) {
    return !liveOnly || method == KillMethod.LIVE_EXTRACTION;
  }
}
