package io.bodybroker.gateway.json;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.LocalDate;

/** Writes times and durations as protobuf does. */
final class TimeText {
  private static final int SECONDS_A_DAY = 86_400;
  private static final int NANOS_A_MILLI = 1_000_000;
  private static final int NANOS_A_MICRO = 1_000;

  private TimeText() {}

  /**
   * Quoted, by RFC 3339.
   *
   * @throws IllegalArgumentException if it is beyond the years 1 to 9999
   */
  static void timestamp(long seconds, int nanos, JsonOutput out) {
    if (!Timestamps.isValid(seconds, nanos)) {
      throw new IllegalArgumentException("no timestamp: " + seconds + " s, " + nanos + " ns");
    }
    out.put('"');
    date(LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY)), out);
    int second = (int) Math.floorMod(seconds, (long) SECONDS_A_DAY);
    out.put('T');
    out.padded(second / 3600, 2);
    out.put(':');
    out.padded(second / 60 % 60, 2);
    out.put(':');
    out.padded(second % 60, 2);
    fraction(nanos, out);
    out.put('Z');
    out.put('"');
  }

  /**
   * Quoted.
   *
   * @throws IllegalArgumentException if it is longer than 10,000 years, or its parts have two signs
   */
  static void duration(long seconds, int nanos, JsonOutput out) {
    if (!Durations.isValid(seconds, nanos)) {
      throw new IllegalArgumentException("no duration: " + seconds + " s, " + nanos + " ns");
    }
    out.put('"');
    if (seconds < 0 || nanos < 0) {
      out.put('-');
    }
    out.whole(Math.abs(seconds));
    fraction(Math.abs(nanos), out);
    out.put('s');
    out.put('"');
  }

  private static void date(LocalDate date, JsonOutput out) {
    out.padded(date.getYear(), 4);
    out.put('-');
    out.padded(date.getMonthValue(), 2);
    out.put('-');
    out.padded(date.getDayOfMonth(), 2);
  }

  /** Three, six or nine digits, or none. */
  private static void fraction(int nanos, JsonOutput out) {
    if (nanos == 0) {
      return;
    }
    out.put('.');
    if (nanos % NANOS_A_MILLI == 0) {
      out.padded(nanos / NANOS_A_MILLI, 3);
    } else if (nanos % NANOS_A_MICRO == 0) {
      out.padded(nanos / NANOS_A_MICRO, 6);
    } else {
      out.padded(nanos, 9);
    }
  }
}
