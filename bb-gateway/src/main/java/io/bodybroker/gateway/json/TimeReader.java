package io.bodybroker.gateway.json;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Writes times, durations and field masks in protobuf's wire format. The usual forms of times and
 * durations are read here, which takes a tenth of the time; all others by {@link FieldText}, which
 * also says what is none. One for each text.
 */
final class TimeReader {
  private static final int SECONDS = 1 << 3;
  private static final int NANOS = 2 << 3;
  private static final String FORM = "dddd-dd-ddTdd:dd:dd";
  private static final int MAX_FRACTION = 9;

  /** Those of ten thousand years have twelve. */
  private static final int MAX_SECONDS = 12;

  private final JsonTape tape;
  private final WireOutput out;
  private final byte[] json;

  /** What was read last, if it was a time or a duration. */
  private long seconds;

  private int nanos;

  TimeReader(JsonTape tape, WireOutput out) {
    this.tape = tape;
    this.out = out;
    this.json = tape.json();
  }

  /** Writes the fields of the message; false if the value is no such. */
  boolean read(int node, WellKnown kind) {
    if (!tape.isString(node)) {
      return false;
    }
    if (tape.kind(node) == JsonTape.STRING && isUsual(node, kind)) {
      put(SECONDS, seconds);
      put(NANOS, nanos);
      return true;
    }
    @Nullable Message parsed = FieldText.wellKnown(kind, tape.text(node));
    if (parsed == null) {
      return false;
    }
    out.put(parsed.toByteArray());
    return true;
  }

  private void put(int tag, long value) {
    if (value != 0) {
      out.varint(tag);
      out.varint(value);
    }
  }

  private boolean isUsual(int node, WellKnown kind) {
    int from = tape.start(node) + 1;
    int to = tape.stop(node) - 1;
    return switch (kind) {
      case TIMESTAMP -> isTime(from, to);
      case DURATION -> isDuration(from, to);
      case FIELD_MASK, WRAPPER, STRUCT, VALUE, LIST_VALUE, ANY, NONE -> false;
    };
  }

  /** {@code 2026-01-31T12:00:00.5Z}: in UTC, and of a year from 1 on. */
  private boolean isTime(int from, int to) {
    int fraction = from + FORM.length();
    if (fraction >= to || json[to - 1] != 'Z' || !hasForm(from)) {
      return false;
    }
    int year = digits(from, 4);
    int month = digits(from + 5, 2);
    int day = digits(from + 8, 2);
    int hour = digits(from + 11, 2);
    int minute = digits(from + 14, 2);
    int second = digits(from + 17, 2);
    boolean isInRange =
        year > 0 && month > 0 && month <= 12 && day > 0 && hour < 24 && minute < 60 && second < 60;
    if (!isInRange || !isFraction(fraction, to - 1)) {
      return false;
    }
    LocalDate month1 = LocalDate.of(year, month, 1);
    if (day > month1.lengthOfMonth()) {
      return false;
    }
    long epochDay = month1.toEpochDay() + day - 1;
    seconds = ((epochDay * 24 + hour) * 60 + minute) * 60 + second;
    return true;
  }

  private boolean hasForm(int from) {
    for (int i = 0; i < FORM.length(); i++) {
      char expected = FORM.charAt(i);
      byte found = json[from + i];
      if (expected == 'd' ? !isDigit(found) : found != expected) {
        return false;
      }
    }
    return true;
  }

  /** {@code -1.5s}. */
  private boolean isDuration(int from, int to) {
    boolean isNegative = json[from] == '-';
    int first = isNegative ? from + 1 : from;
    int point = first;
    while (isDigit(json[point])) { // at the latest a quote is none
      point++;
    }
    int length = point - first;
    if (length == 0 || length > MAX_SECONDS || json[to - 1] != 's' || point >= to) {
      return false;
    }
    seconds = digits(first, Math.min(length, 6));
    for (int i = first + 6; i < point; i++) {
      seconds = 10 * seconds + json[i] - '0';
    }
    if (!isFraction(point, to - 1)) {
      return false;
    }
    if (isNegative) {
      seconds = -seconds;
      nanos = -nanos;
    }
    return Durations.isValid(seconds, nanos);
  }

  /** A point and up to nine digits, or nothing. */
  private boolean isFraction(int from, int to) {
    nanos = 0;
    if (from == to) {
      return true;
    }
    int count = to - from - 1;
    if (json[from] != '.' || count < 1 || count > MAX_FRACTION) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!isDigit(json[i])) {
        return false;
      }
      nanos = 10 * nanos + json[i] - '0';
    }
    for (int i = count; i < MAX_FRACTION; i++) {
      nanos *= 10;
    }
    return true;
  }

  private int digits(int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = 10 * value + json[i] - '0';
    }
    return value;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
