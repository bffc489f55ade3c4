package io.bodybroker.bench.report;

import java.util.Arrays;
import java.util.List;

/**
 * The rounds of one measurement.
 *
 * @param rounds in the order in which they were run, at least one
 */
public record Stat(List<Double> rounds) {
  /** Without rounds there is nothing to tell. */
  public Stat {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds");
    }
    rounds = List.copyOf(rounds);
  }

  /** Of one round only, or of what does not differ. */
  public static Stat of(double value) {
    return new Stat(List.of(value));
  }

  /** The one in the middle, or between the two in the middle. */
  public double median() {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The least of all rounds. */
  public double min() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The most of all rounds. */
  public double max() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * The median of the rounds' own ratios to those of another: what else the machine does meets both
   * of a round.
   */
  public double ratioTo(Stat other) {
    double[] ratios = new double[Math.min(rounds.size(), other.rounds.size())];
    Arrays.setAll(ratios, round -> rounds.get(round) / other.rounds.get(round));
    return new Stat(Arrays.stream(ratios).boxed().toList()).median();
  }
}
