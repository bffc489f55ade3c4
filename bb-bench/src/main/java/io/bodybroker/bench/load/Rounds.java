package io.bodybroker.bench.load;

import io.bodybroker.bench.report.Stat;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one load did to each contender, round by round.
 *
 * @param samples by contender, as many of each
 */
public record Rounds(Map<String, List<Sample>> samples) {
  private List<Sample> of(String contender) {
    List<Sample> found = samples.get(contender);
    if (found == null) {
      throw new IllegalArgumentException(
          contender + " (expected: one of " + samples.keySet() + ")");
    }
    return found;
  }

  /** One figure of each round. */
  public Stat stat(String contender, ToDoubleFunction<Sample> figure) {
    return new Stat(of(contender).stream().map(figure::applyAsDouble).toList());
  }

  /** The median of the rounds' own ratios. */
  public double ratio(String ours, String theirs, ToDoubleFunction<Sample> figure) {
    return stat(ours, figure).ratioTo(stat(theirs, figure));
  }

  /** Calls of all contenders that failed, in all rounds. */
  public long errors() {
    return samples.keySet().stream().mapToLong(this::errors).sum();
  }

  /** Calls that failed, in all rounds. */
  public long errors(String contender) {
    return of(contender).stream().mapToLong(Sample::errors).sum();
  }

  /** The least of the contenders' medians. */
  public double leastMedian(ToDoubleFunction<Sample> figure) {
    return samples.keySet().stream()
        .mapToDouble(contender -> stat(contender, figure).median())
        .min()
        .orElse(0);
  }
}
