package io.bodybroker.sdk.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is measured: a name, its meaning, and the names of the labels that tell its series apart.
 *
 * <p>Label values must come from a closed set that the program knows, such as methods of contracts
 * or error codes; never from what a caller sends.
 *
 * @param name by Prometheus' rules, base unit last: {@code orders_open}, {@code
 *     orders_placed_total}, {@code order_duration_seconds}
 * @param kind how it behaves
 * @param help one sentence, for people
 * @param labels names of the labels, in the order in which their values are given
 */
public record Metric(String name, Kind kind, String help, List<String> labels) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /** How a metric behaves. */
  public enum Kind {
    /** Only rises, from 0 at the start of the process. */
    COUNTER,
    /** What is now. */
    GAUGE,
    /** How often something took how long. */
    HISTOGRAM;

    /** As Prometheus' text has it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a name is not one, or does not end as its kind must
   */
  public Metric {
    labels = List.copyOf(labels);
    require(name, NAME.matcher(name).matches(), "lower case letters, digits and '_'");
    for (String label : labels) {
      require(label, NAME.matcher(label).matches(), "lower case letters, digits and '_'");
    }
    require(name, kind != Kind.COUNTER || name.endsWith("_total"), "…_total for a counter");
    require(name, kind != Kind.HISTOGRAM || name.endsWith("_seconds"), "…_seconds for durations");
  }

  private static void require(String name, boolean isGood, String expected) {
    if (!isGood) {
      throw new IllegalArgumentException(
          "metric name: \"%s\" (expected: %s)".formatted(name, expected));
    }
  }

  /** A counter; its name ends in {@code _total}. */
  public static Metric counter(String name, String help, String... labels) {
    return new Metric(name, Kind.COUNTER, help, List.of(labels));
  }

  /** A gauge. */
  public static Metric gauge(String name, String help, String... labels) {
    return new Metric(name, Kind.GAUGE, help, List.of(labels));
  }

  /** A histogram of durations; its name ends in {@code _seconds}. */
  public static Metric histogram(String name, String help, String... labels) {
    return new Metric(name, Kind.HISTOGRAM, help, List.of(labels));
  }
}
