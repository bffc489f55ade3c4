package io.bodybroker.questsystem.order;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Chance that every instance draws alike: a point in a tree of random numbers, where each decision
 * has a place of its own, so that one more decision does not change the others.
 *
 * <p>Each step mixes as SplitMix64 does (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, 2014); texts are hashed with FNV-1a of 64 bits over UTF-8. Both are written out here,
 * because what they yield are quests: they must not change with a JDK.
 *
 * @param state all bits of the point
 */
record Chance(long state) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** The root of all decisions that follow from a text. */
  static Chance of(String text) {
    return new Chance(mix(hash(text)));
  }

  /** The place of one decision, or of a branch of them. */
  Chance at(long place) {
    return new Chance(mix(state + mix(place + GOLDEN_GAMMA)));
  }

  /** Evenly spread, 0 included, 1 not. */
  double fraction() {
    return (mix(state) >>> 11) * 0x1p-53;
  }

  /** One of these, evenly. */
  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
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

  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
