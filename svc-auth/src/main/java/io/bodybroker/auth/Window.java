package io.bodybroker.auth;

import java.time.Duration;
import java.time.Instant;

/**
 * A minute of UTC, in which requests are counted.
 *
 * @param minute which, counted from 1970
 */
record Window(long minute) {
  static final Duration LENGTH = Duration.ofMinutes(1);

  static Window at(Instant now) {
    return new Window(Math.floorDiv(now.getEpochSecond(), LENGTH.toSeconds()));
  }

  /** When the next one begins. */
  Instant end() {
    return Instant.ofEpochSecond((minute + 1) * LENGTH.toSeconds());
  }
}
