package io.bodybroker.sdk.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A clock that a test moves: it stands still between, or runs. It begins at the same moment in
 * every run, so that what depends on the date is the same every day.
 *
 * <p>Thread-safe. A time that is set holds for all who ask afterwards.
 */
public final class MovableTime implements InstantSource {
  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

  private final LongSupplier running;
  private final AtomicReference<Instant> begin = new AtomicReference<>(BEGIN);

  private MovableTime(LongSupplier running) {
    this.running = running;
  }

  /** One that stands still until it is moved. */
  public static MovableTime still() {
    return new MovableTime(() -> 0);
  }

  /** One that runs as fast as the real one, and can be moved as well. */
  public static MovableTime running() {
    long start = System.nanoTime();
    return new MovableTime(() -> System.nanoTime() - start);
  }

  @Override
  public Instant instant() {
    return begin.get().plusNanos(running.getAsLong());
  }

  /** It is this moment now, be it earlier or later than before. */
  public void set(Instant now) {
    begin.set(now.minusNanos(running.getAsLong()));
  }

  /** So much time passes at once; back, if negative. */
  public void pass(Duration time) {
    begin.updateAndGet(before -> before.plus(time));
  }
}
