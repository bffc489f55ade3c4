package io.bodybroker.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How fast two did the same, round after round, in turns. For one thread. */
final class Comparison {
  /** What is measured. */
  interface Work {
    /** Does so many. */
    void run(Contender contender, int count) throws Exception;
  }

  private final String what;
  private final List<Double> first = new ArrayList<>();
  private final List<Double> second = new ArrayList<>();

  Comparison(String what) {
    this.what = what;
  }

  /** Measures both, the one after the other; every other round in the other order. */
  void round(Contender one, Contender other, int count, Work work) throws Exception {
    if (first.size() % 2 == 0) {
      first.add(rate(one, count, work));
      second.add(rate(other, count, work));
    } else {
      second.add(rate(other, count, work));
      first.add(rate(one, count, work));
    }
  }

  private static double rate(Contender contender, int count, Work work) throws Exception {
    long begin = System.nanoTime();
    work.run(contender, count);
    return count * 1e9 / (System.nanoTime() - begin);
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median of the rounds' own ratios: what else the machine does meets both of a round. */
  double ratio() {
    double[] ratios = new double[first.size()];
    Arrays.setAll(ratios, round -> second.get(round) / first.get(round));
    return median(Arrays.stream(ratios).boxed().toList());
  }

  /** A line of the table. */
  String row() {
    return "%-44s %,12.0f %,12.0f %8.2f".formatted(what, median(first), median(second), ratio());
  }
}
