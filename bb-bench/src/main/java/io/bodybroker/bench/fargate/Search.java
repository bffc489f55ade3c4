package io.bodybroker.bench.fargate;

import io.bodybroker.bench.fargate.Caged.Probe;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the most calls a second that a service answers within a bound. From a rate that it
 * certainly keeps upwards until it does not, then between the two, then the found one again. A rate
 * that fails once is tried again, since anything else on the machine makes it fail. Not
 * thread-safe.
 */
final class Search {
  static final double BOUND_MILLIS = 20;

  /** Between what is kept and what is not. */
  static final double PRECISION = 1.07;

  private static final double GROWTH = 1.4;
  private static final double CERTAIN = 0.15;
  static final int ALL_AT_ONCE = 16;
  private static final int ATTEMPTS = 2;
  private static final int CONFIRMATIONS = 3;

  /**
   * What was found.
   *
   * @param rate calls a second
   * @param kept the measurements of that rate
   * @param missed the lowest rate that was not kept
   * @param capacity calls a second of {@value Search#ALL_AT_ONCE} callers, however long each takes
   */
  record Result(int rate, List<Probe> kept, Probe missed, double capacity, List<Probe> all) {}

  private final Caged caged;
  private final int bytes;
  private final int millis;
  private final long deadline;
  private final List<Probe> all = new ArrayList<>();

  /**
   * For one service.
   *
   * @param millis for each rate
   * @param patience after it the search is not refined any more
   */
  Search(Caged caged, int bytes, int millis, Duration patience) {
    this.deadline = System.nanoTime() + patience.toNanos();
    this.caged = caged;
    this.bytes = bytes;
    this.millis = millis;
  }

  Result run(int warmUpMillis) throws IOException {
    caged.warmUp(bytes, warmUpMillis);
    Sample full = caged.run(new Load(Load.Style.ASYNC, bytes, ALL_AT_ONCE, millis)).sample();
    double rate = CERTAIN * full.perSecond();
    while (!isKept((int) rate)) {
      rate /= 2;
      if (rate < 10) {
        throw new IOException(
            "not even 10 calls a second are answered in time: the machine is busy");
      }
    }
    double kept = rate;
    double missed = kept * GROWTH;
    while (isKept((int) missed)) {
      kept = missed;
      missed *= GROWTH;
    }
    while (missed / kept > PRECISION && !isLate()) {
      double middle = Math.sqrt(kept * missed);
      if (isKept((int) middle)) {
        kept = middle;
      } else {
        missed = middle;
      }
    }
    return confirmed(kept, full.perSecond());
  }

  private Result confirmed(double found, double capacity) throws IOException {
    double rate = found;
    while (true) {
      var again = new ArrayList<Probe>();
      for (int i = 0; i < CONFIRMATIONS; i++) {
        again.add(probe((int) rate));
      }
      if (2 * again.stream().filter(Search::isWithin).count() > CONFIRMATIONS) {
        int kept = (int) rate;
        Probe missed =
            all.stream()
                .filter(probe -> probe.rate() > kept && !isWithin(probe))
                .min((one, other) -> Integer.compare(one.rate(), other.rate()))
                .orElseThrow();
        return new Result(kept, again, missed, capacity, all);
      }
      rate /= isLate() ? GROWTH : PRECISION;
    }
  }

  private boolean isLate() {
    return System.nanoTime() - deadline > 0;
  }

  private boolean isKept(int rate) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (isWithin(probe(rate))) {
        return true;
      }
    }
    return false;
  }

  private Probe probe(int rate) throws IOException {
    Probe probe = caged.run(new Load(Load.Style.OPEN, bytes, rate, millis));
    all.add(probe);
    return probe;
  }

  static boolean isWithin(Probe probe) {
    return probe.sample().errors() == 0
        && probe.p99Millis() < BOUND_MILLIS
        && probe.sample().perSecond() > 0.97 * probe.rate();
  }
}
