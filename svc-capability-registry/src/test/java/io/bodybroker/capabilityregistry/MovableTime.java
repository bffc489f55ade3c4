package io.bodybroker.capabilityregistry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real time as a test wants it. Thread-safe. */
final class MovableTime implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
