package io.bodybroker.bench.events;

import io.bodybroker.bench.load.Turns;
import io.bodybroker.bench.report.Stat;
import java.util.List;

/** How fast two did the same in turns, a second. */
record Comparison(Stat one, Stat other) {
  /** What is measured. */
  interface Work {
    /** Does so many. */
    void run(Contender contender, int count) throws Exception;
  }

  /** Measures both. */
  static Comparison of(Turns turns, Contender one, Contender other, int count, Work work)
      throws Exception {
    var rates = turns.take(List.of(one, other), each -> rate(each, count, work));
    return new Comparison(
        new Stat(rates.firstEntry().getValue()), new Stat(rates.lastEntry().getValue()));
  }

  private static double rate(Contender contender, int count, Work work) throws Exception {
    long begin = System.nanoTime();
    work.run(contender, count);
    return count * 1e9 / (System.nanoTime() - begin);
  }

  /** Of the other to the one. */
  double ratio() {
    return other.ratioTo(one);
  }
}
