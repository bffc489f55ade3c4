package io.bodybroker.gateway.json;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;

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
    date(Math.floorDiv(seconds, SECONDS_A_DAY), out);
    int second = (int) Math.floorMod(seconds, (long) SECONDS_A_DAY);
    out.put('T');
    digits(second / 3600, 2, out);
    out.put(':');
    digits(second / 60 % 60, 2, out);
    out.put(':');
    digits(second % 60, 2, out);
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

  /** The civil calendar, counted in eras of 400 years that begin with March. */
  private static void date(long epochDay, JsonOutput out) {
    int day = (int) (epochDay + 719_468); // since 1 March of the year 0
    int era = Math.floorDiv(day, 146_097);
    int dayOfEra = day - era * 146_097;
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int fromMarch = (5 * dayOfYear + 2) / 153;
    int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    digits(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4, out);
    out.put('-');
    digits(month, 2, out);
    out.put('-');
    digits(dayOfYear - (153 * fromMarch + 2) / 5 + 1, 2, out);
  }

  /** Three, six or nine digits, or none. */
  private static void fraction(int nanos, JsonOutput out) {
    if (nanos == 0) {
      return;
    }
    out.put('.');
    if (nanos % NANOS_A_MILLI == 0) {
      digits(nanos / NANOS_A_MILLI, 3, out);
    } else if (nanos % NANOS_A_MICRO == 0) {
      digits(nanos / NANOS_A_MICRO, 6, out);
    } else {
      digits(nanos, 9, out);
    }
  }

  private static void digits(int value, int count, JsonOutput out) {
    out.ensure(count);
    int rest = value;
    for (int i = out.size + count - 1; i >= out.size; i--) {
      out.bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    out.size += count;
  }
}
