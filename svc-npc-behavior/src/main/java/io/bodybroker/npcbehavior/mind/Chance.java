package io.bodybroker.npcbehavior.mind;

import java.nio.charset.StandardCharsets;

/**
 * Chance that every instance draws alike, from texts and a seed: FNV-1a of 64 bits over bytes,
 * mixed as SplitMix64 does (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
 * 2014). Both are written out here, because what they yield are decisions: they must not change
 * with a JDK.
 *
 * @param state all bits
 */
record Chance(long state) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** What follows from a number. */
  static Chance of(long seed) {
    return new Chance(mix(seed));
  }

  /** What follows from this and a text. */
  Chance at(String text) {
    return at(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What follows from this and bytes. */
  Chance at(byte[] bytes) {
    long hash = FNV_OFFSET;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return new Chance(mix(state + mix(hash)));
  }

  private static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
