package io.bodybroker.worldstate.society;

/** Figures that stay within bounds. */
final class Bounds {
  private Bounds() {}

  static double clamp(double value, double min, double max) {
    return Math.max(min, Math.min(max, value));
  }

  /** 0 to 1. */
  static double share(double value) {
    return clamp(value, 0, 1);
  }
}
