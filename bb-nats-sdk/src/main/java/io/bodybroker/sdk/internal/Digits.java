package io.bodybroker.sdk.internal;

/** Numbers as NATS' protocol and its headers have them: decimal, in ASCII. */
final class Digits {
  private Digits() {}

  /**
   * Writes a number of 0 or more, for which there is room.
   *
   * @return where it ends
   */
  static int write(byte[] target, int start, long number) {
    int end = start + 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      end++;
    }
    long rest = number;
    for (int at = end - 1; at >= start; at--) {
      target[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }
}
