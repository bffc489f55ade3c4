package io.bodybroker.cli.soak;

/**
 * Numbers that rise one by one, told by their remainders only: each is taken for the one nearest to
 * the last. Used by one thread.
 */
final class Rolling {
  private final int modulus;
  private long last;

  Rolling(int modulus) {
    this.modulus = modulus;
  }

  /** The number of this remainder that is nearest to the one before, the first to 0. */
  long number(long remainder) {
    long half = modulus / 2;
    last += Math.floorMod(remainder - last + half, (long) modulus) - half;
    return last;
  }
}
