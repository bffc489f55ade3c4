package io.bodybroker.bench.load;

import org.HdrHistogram.Histogram;

/**
 * Latencies as a worker tells them that has no HdrHistogram: nanoseconds, each with how many calls
 * took so long, {@code 98304:3,99328:1}. One that rounds down to the least value of an
 * HdrHistogram's bucket tells the same as the histogram would.
 */
final class Counts {
  private static final int DIGITS = 3;

  private Counts() {}

  static Histogram decode(String text) {
    var histogram = new Histogram(DIGITS);
    if (text.isEmpty()) {
      return histogram; // no call was answered
    }
    for (String entry : text.split(",", -1)) {
      int colon = entry.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("\"" + entry + "\" (expected: nanoseconds:calls)");
      }
      histogram.recordValueWithCount(
          Long.parseLong(entry, 0, colon, 10),
          Long.parseLong(entry, colon + 1, entry.length(), 10));
    }
    return histogram;
  }
}
