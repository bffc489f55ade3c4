package io.bodybroker.bodybrokerintegration.harvest;

import java.nio.charset.StandardCharsets;

/**
 * Chance that every instance draws alike, by the name of what is decided: FNV-1a of 64 bits over
 * UTF-8, mixed as SplitMix64 does. Written out here, because it must not change with a JDK.
 */
public final class Chance {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Chance() {}

  /** Evenly spread, 0 included, 1 not; of one name and place always the same. */
  public static double fraction(String name, long place) {
    return (mix(mix(hash(name)) + mix(place + GOLDEN_GAMMA)) >>> 11) * 0x1p-53;
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
