package io.bodybroker.bodybrokerintegration;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Real time as the test wants it: it stands still until it is moved, or runs and can be moved. */
final class MovableTime implements InstantSource {
  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

  private final AtomicReference<Duration> moved = new AtomicReference<>(Duration.ZERO);
  private final LongSupplier running;

  private MovableTime(LongSupplier running) {
    this.running = running;
  }

  /** One that stands still. */
  MovableTime() {
    this(() -> 0);
  }

  /** One that runs. */
  static MovableTime running() {
    long begin = System.nanoTime();
    return new MovableTime(() -> System.nanoTime() - begin);
  }

  @Override
  public Instant instant() {
    return BEGIN.plus(moved.get()).plusNanos(running.getAsLong());
  }

  void pass(Duration duration) {
    moved.updateAndGet(before -> before.plus(duration));
  }
}
