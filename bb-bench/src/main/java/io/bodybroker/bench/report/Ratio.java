package io.bodybroker.bench.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Ours against theirs.
 *
 * @param name once in a report, {@code rpc.throughput.256.w16.sdk/raw}
 * @param value the median of the rounds' own ratios; of starts, memory and the cage, whose rounds
 *     need not be as many, the ratio of medians
 * @param goal none if there is none
 */
public record Ratio(String name, double value, @Nullable Goal goal) {
  /**
   * What a ratio shall be.
   *
   * @param atLeast whether it is the least that is good enough, or the most
   */
  public record Goal(boolean atLeast, double bound) {
    /** For people. */
    @Override
    public String toString() {
      return (atLeast ? "≥ " : "≤ ") + String.format(Locale.ROOT, "%.2f", bound);
    }
  }

  /** A ratio without a goal. */
  public static Ratio of(String name, double value) {
    return new Ratio(name, value, null);
  }

  /** A ratio that shall not be less. */
  public static Ratio atLeast(String name, double value, double bound) {
    return new Ratio(name, value, new Goal(true, bound));
  }

  /** A ratio that shall not be more. */
  public static Ratio atMost(String name, double value, double bound) {
    return new Ratio(name, value, new Goal(false, bound));
  }

  /** Whether the goal is met, to two digits; true if there is none, false without a number. */
  public boolean isMet() {
    if (goal == null) {
      return true;
    }
    if (!Double.isFinite(value)) {
      return false;
    }
    double shown = Math.round(value * 100) / 100.0;
    return goal.atLeast() ? shown >= goal.bound() : shown <= goal.bound();
  }
}
