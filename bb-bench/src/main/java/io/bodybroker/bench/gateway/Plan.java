package io.bodybroker.bench.gateway;

import java.util.List;

/**
 * How long and how often is measured.
 *
 * @param sizes of bodies
 * @param connections as many calls are under way in a closed loop
 * @param rounds that count; one more before them does not
 * @param closedMillis of a closed loop, each round
 * @param openMillis of a load at a fixed rate, each round
 * @param warmUpMillis of each contender and size, before all rounds
 * @param shares of what the slowest takes, at which latencies are compared
 */
record Plan(
    List<Size> sizes,
    List<Integer> connections,
    int rounds,
    int closedMillis,
    int openMillis,
    int warmUpMillis,
    List<Double> shares) {
  /** With so many calls under way a contender's capacity is taken. */
  static final int BUSY = 64;

  static final Plan QUICK =
      new Plan(List.of(Size.K4), List.of(1, BUSY), 2, 700, 1_000, 4_500, List.of(0.5));

  static final Plan FULL =
      new Plan(
          List.of(Size.values()),
          List.of(1, 16, BUSY, 256),
          3,
          700,
          1_500,
          3_000,
          List.of(0.5, 0.8));
}
