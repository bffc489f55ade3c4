package io.bodybroker.bench.events;

import io.bodybroker.bench.report.Stat;
import java.util.ArrayList;
import java.util.List;

/** How fast two did the same, round after round, in turns. For one thread. */
final class Comparison {
  /** What is measured. */
  interface Work {
    /** Does so many. */
    void run(Contender contender, int count) throws Exception;
  }

  private final List<Double> first = new ArrayList<>();
  private final List<Double> second = new ArrayList<>();

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

  /** A second, of the one. */
  Stat one() {
    return new Stat(first);
  }

  /** A second, of the other. */
  Stat other() {
    return new Stat(second);
  }

  /** Of the other to the one. */
  double ratio() {
    return other().ratioTo(one());
  }
}
