package io.bodybroker.sdk.time;

import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.error.ServiceException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Converts between protobuf's well-known times and {@code java.time}, to the nanosecond and both
 * ways. What protobuf's own JSON mapping would refuse, such as the year 10000, is not checked here.
 */
public final class ProtoTimes {
  private ProtoTimes() {}

  /** An instant for the wire. */
  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /**
   * An instant from the wire.
   *
   * @throws java.time.DateTimeException if it is beyond what {@link Instant} can hold
   */
  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  /** A duration for the wire; below zero, protobuf wants both parts to have the sign. */
  public static com.google.protobuf.Duration duration(Duration duration) {
    long seconds = duration.getSeconds();
    int nanos = duration.getNano();
    boolean isNegative = seconds < 0 && nanos > 0;
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(isNegative ? seconds + 1 : seconds)
        .setNanos(isNegative ? nanos - 1_000_000_000 : nanos)
        .build();
  }

  /**
   * A duration from the wire.
   *
   * @throws ArithmeticException if it is beyond what {@link Duration} can hold
   */
  public static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  /**
   * A duration of a request that may be no less than one and no more than another.
   *
   * @param path of the field, for the error
   * @throws ServiceException {@code INVALID_ARGUMENT} if it is outside, be it beyond what {@link
   *     Duration} can hold
   */
  public static Duration within(
      String path, com.google.protobuf.Duration given, Duration least, Duration most) {
    Duration duration;
    try {
      duration = duration(given);
    } catch (ArithmeticException e) { // by far outside
      throw outside(path, given, least, most);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw outside(path, given, least, most);
    }
    return duration;
  }

  private static ServiceException outside(
      String path, com.google.protobuf.Duration given, Duration least, Duration most) {
    return ServiceException.invalidArgument(
        path, seconds(given), seconds(duration(least)) + " to " + seconds(duration(most)));
  }

  /** As protobuf's JSON has it: {@code 1.5s}. */
  private static String seconds(com.google.protobuf.Duration duration) {
    var seconds =
        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNanos(), 9));
    return seconds.stripTrailingZeros().toPlainString() + "s";
  }
}
