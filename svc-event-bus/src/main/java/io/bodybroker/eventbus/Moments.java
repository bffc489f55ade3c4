package io.bodybroker.eventbus;

import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.error.ServiceException;

/** Times in requests. */
final class Moments {
  /** Of 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, in seconds since 1970. */
  private static final long FIRST = -62_135_596_800L;

  private static final long LAST = 253_402_300_799L;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private Moments() {}

  /**
   * Refuses what is no time.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming the field
   */
  static Timestamp check(String field, Timestamp time) {
    if (time.getSeconds() < FIRST
        || time.getSeconds() > LAST
        || time.getNanos() < 0
        || time.getNanos() >= NANOS_PER_SECOND) {
      throw ServiceException.invalidArgument(
          field,
          time.getSeconds() + " s and " + time.getNanos() + " ns",
          "a time of the years 1 to 9999");
    }
    return time;
  }
}
