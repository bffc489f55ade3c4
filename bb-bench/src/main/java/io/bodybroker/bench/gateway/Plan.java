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
 * @param leastWarmUp slices of each contender and size before all rounds
 * @param mostWarmUp as many slices if what a call costs still falls
 */
record Plan(
    List<Size> sizes,
    List<Integer> connections,
    int rounds,
    int closedMillis,
    int openMillis,
    int leastWarmUp,
    int mostWarmUp) {
  /** With so many calls under way a contender's capacity is taken. */
  static final int BUSY = 128;

  /** One slice of warm-up. */
  static final int SLICE_MILLIS = 1_500;

  static final Plan QUICK = new Plan(List.of(Size.K4), List.of(1, BUSY), 2, 500, 500, 2, 2);

  static final Plan FULL =
      new Plan(List.of(Size.values()), List.of(1, 16, BUSY, 1_024), 4, 700, 1_200, 2, 6);
}
