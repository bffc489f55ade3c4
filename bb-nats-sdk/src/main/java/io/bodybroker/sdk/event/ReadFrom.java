package io.bodybroker.sdk.event;

import java.time.Instant;
import java.util.Objects;

/** Where reading begins. */
public sealed interface ReadFrom {
  /** With the first event there is. */
  record Beginning() implements ReadFrom {}

  /** With what comes from now on. */
  record Now() implements ReadFrom {}

  /**
   * With the first event after a sequence.
   *
   * @param sequence 0 or more
   */
  record After(long sequence) implements ReadFrom {
    /** Refuses what is no sequence. */
    public After {
      if (sequence < 0) {
        throw new IllegalArgumentException("sequence: " + sequence + " (expected: at least 0)");
      }
    }
  }

  /**
   * With the first event that the stream took at a time or later.
   *
   * @param time by the server's clock
   */
  record At(Instant time) implements ReadFrom {
    /** Refuses null. */
    public At {
      Objects.requireNonNull(time, "time");
    }
  }

  /** With the first event there is. */
  static ReadFrom beginning() {
    return new Beginning();
  }

  /** With what comes from now on. */
  static ReadFrom now() {
    return new Now();
  }

  /** With the first event after a sequence. */
  static ReadFrom after(long sequence) {
    return new After(sequence);
  }

  /** With the first event that the stream took at a time or later. */
  static ReadFrom at(Instant time) {
    return new At(time);
  }
}
