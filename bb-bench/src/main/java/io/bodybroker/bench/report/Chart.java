package io.bodybroker.bench.report;

import java.util.List;

/**
 * One figure over one quantity, a line or a row of bars for each contender.
 *
 * @param id of letters, digits and {@code -}, once in a report: {@code rpc-throughput-256}
 * @param x what differs from point to point, with its unit: {@code calls under way}
 * @param y what was measured, with its unit: {@code calls/s}
 * @param best whether more is better, or less
 */
public record Chart(
    String id, String title, Kind kind, String x, String y, Best best, List<Series> series) {
  /** How it is drawn. */
  public enum Kind {
    /** Groups of bars, one for each label of x, with whiskers from the least to the most. */
    BARS,
    /** Lines over a logarithmic x, with whiskers. */
    LINES,
    /**
     * Latency by percentile: x is {@code 1 / (1 - percentile)}, logarithmic, labelled by
     * percentile; y is logarithmic.
     */
    PERCENTILES
  }

  /** Which end of y is good. */
  public enum Best {
    MORE,
    LESS
  }

  /**
   * One contender.
   *
   * @param name the same in all charts
   */
  public record Series(String name, List<Point> points) {}

  /**
   * One measurement.
   *
   * @param label of x, {@code 16}
   * @param x for lines; the place in the row for bars
   * @param stat of y
   */
  public record Point(String label, double x, Stat stat) {}
}
