package io.bodybroker.worldstate.society;

import java.nio.charset.StandardCharsets;

/**
 * Chance that every instance draws alike: a point in a tree of random numbers, where each decision
 * has a place of its own and so can be made alone and in any order.
 *
 * <p>Each step mixes as SplitMix64 does (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, 2014); names are hashed with FNV-1a of 64 bits over UTF-8. Both are written out here,
 * because what they yield is the world's history: it must not change with a JDK.
 *
 * @param state all bits of the point
 */
public record Chance(long state) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** The root of all decisions about one world. */
  public static Chance of(String world) {
    long hash = FNV_OFFSET;
    for (byte b : world.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return new Chance(mix(hash));
  }

  /** The place of one decision, or of a branch of them. */
  Chance at(long place) {
    return new Chance(mix(state + mix(place + GOLDEN_GAMMA)));
  }

  /** Evenly spread, 0 included, 1 not. */
  double fraction() {
    return (mix(state) >>> 11) * 0x1p-53;
  }

  /** Evenly spread between -1 and 1. */
  double swing() {
    return 2 * fraction() - 1;
  }

  /** Evenly spread, 0 included, {@code bound} not. */
  int below(int bound) {
    return (int) (fraction() * bound);
  }

  private static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
