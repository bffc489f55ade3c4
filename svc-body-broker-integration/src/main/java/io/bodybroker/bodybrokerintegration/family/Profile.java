package io.bodybroker.bodybrokerintegration.family;

import static io.bodybroker.bodybrokerintegration.v1.PartType.BLOOD;
import static io.bodybroker.bodybrokerintegration.v1.PartType.BONE;
import static io.bodybroker.bodybrokerintegration.v1.PartType.BRAIN;
import static io.bodybroker.bodybrokerintegration.v1.PartType.CONCEPT;
import static io.bodybroker.bodybrokerintegration.v1.PartType.EYE;
import static io.bodybroker.bodybrokerintegration.v1.PartType.FLESH;
import static io.bodybroker.bodybrokerintegration.v1.PartType.HEART;
import static io.bodybroker.bodybrokerintegration.v1.PartType.LIVER;
import static io.bodybroker.bodybrokerintegration.v1.PartType.LUNG;
import static io.bodybroker.bodybrokerintegration.v1.PartType.NERVOUS_SYSTEM;
import static io.bodybroker.bodybrokerintegration.v1.PartType.SKIN;
import static io.bodybroker.bodybrokerintegration.v1.PartType.SOUL;
import static io.bodybroker.bodybrokerintegration.v1.PartType.SPINAL_CORD;
import static io.bodybroker.bodybrokerintegration.v1.PartType.TONGUE;
import static io.bodybroker.bodybrokerintegration.v1.PartType.VOCAL_CORDS;

import io.bodybroker.bodybrokerintegration.harvest.Anatomy;
import io.bodybroker.bodybrokerintegration.harvest.Grades;
import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.FamilyTier;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Temperament;
import io.bodybroker.bodybrokerintegration.v1.Trait;
import java.util.Arrays;
import java.util.List;

/**
 * What a family is, one row for each.
 *
 * @param family which
 * @param tier how much it can pay
 * @param temperament how it takes things
 * @param pays what it pays with
 * @param buys what it buys
 */
public record Profile(
    Family family, FamilyTier tier, Temperament temperament, Drug pays, List<PartType> buys) {
  private static final double FRESH = 0.75;

  public Profile {
    buys = List.copyOf(buys);
  }

  /** The row of a family. */
  public static Profile of(Family family) {
    return switch (family) {
      case CARRION_KIN -> low(family, Temperament.AGGRESSIVE, Drug.GRAVE_DUST, FLESH, BONE, BLOOD);
      case CHATTER_SWARM ->
          low(family, Temperament.CALCULATED, Drug.HIVE_NECTAR, EYE, TONGUE, VOCAL_CORDS);
      case STITCH_GUILD ->
          mid(family, Temperament.CALCULATED, Drug.STILL_BLOOD, SKIN, BONE, NERVOUS_SYSTEM);
      case MOON_CLANS -> mid(family, Temperament.AGGRESSIVE, Drug.MOON_WINE, HEART, LIVER, LUNG);
      case VAMPIRIC_HOUSES -> mid(family, Temperament.CALCULATED, Drug.VITAE, BLOOD);
      case OBSIDIAN_SYNOD -> high(family, Temperament.COLD, Drug.LOGIC_SPORE, BRAIN, SPINAL_CORD);
      case SILENT_COURT -> high(family, Temperament.WHIMSICAL, Drug.ENCHANTMENT, CONCEPT);
      case LEVIATHAN_CONCLAVE -> high(family, Temperament.COLD, Drug.AETHER, SOUL);
      case FAMILY_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("family: " + family);
    };
  }

  /** All families, from the lowest to the highest. */
  public static List<Profile> all() {
    return Arrays.stream(Family.values())
        .filter(family -> family != Family.FAMILY_UNSPECIFIED && family != Family.UNRECOGNIZED)
        .map(Profile::of)
        .toList();
  }

  private static Profile low(Family family, Temperament mood, Drug pays, PartType... buys) {
    return new Profile(family, FamilyTier.LOW_TIER, mood, pays, List.of(buys));
  }

  private static Profile mid(Family family, Temperament mood, Drug pays, PartType... buys) {
    return new Profile(family, FamilyTier.MID_TIER, mood, pays, List.of(buys));
  }

  private static Profile high(Family family, Temperament mood, Drug pays, PartType... buys) {
    return new Profile(family, FamilyTier.HIGH_TIER, mood, pays, List.of(buys));
  }

  /** What it reckons a unit of its drug at, as a multiple of the street value. */
  public double rate() {
    return switch (tier) {
      case LOW_TIER -> 1.25;
      case MID_TIER, FAMILY_TIER_UNSPECIFIED, UNRECOGNIZED -> 1;
      case HIGH_TIER -> 0.9;
    };
  }

  /** How ready it is to take offence, 0 to 1. */
  public double aggression() {
    return switch (temperament) {
      case AGGRESSIVE -> 0.8;
      case WHIMSICAL -> 0.5;
      case CALCULATED -> 0.3;
      case DESPERATE -> 0.2;
      case COLD, TEMPERAMENT_UNSPECIFIED, UNRECOGNIZED -> 0.1;
    };
  }

  /** Whether it looks at grades at all; who eats everything does not. */
  public boolean mindsGrade() {
    return family != Family.CARRION_KIN;
  }

  /** What a part is worth to it before haggling, in euros. */
  public double worth(Goods goods) {
    double grade = mindsGrade() ? Grades.multiplier(goods.grade()) : 1;
    return Anatomy.of(goods.type()).baseValue() * grade * goods.freshness() * liking(goods);
  }

  /** How much more it gives for what it likes best. */
  private double liking(Goods goods) {
    return switch (family) {
      case STITCH_GUILD -> goods.grade() == Grade.PRISTINE ? 1.25 : 1;
      case MOON_CLANS -> goods.freshness() >= FRESH ? 1.25 : 1;
      case VAMPIRIC_HOUSES -> goods.has(Trait.RARE_VINTAGE) ? 10 : 1;
      case OBSIDIAN_SYNOD -> goods.has(Trait.GENIUS) ? 3 : 1;
      case CARRION_KIN,
          CHATTER_SWARM,
          SILENT_COURT,
          LEVIATHAN_CONCLAVE,
          FAMILY_UNSPECIFIED,
          UNRECOGNIZED ->
          1;
    };
  }
}
