package io.bodybroker.gateway.session;

import io.bodybroker.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks again and again whether somebody may still have what lasts, such as a stream. While nobody
 * can tell, it goes on: an outage of those who know must not end what others do.
 *
 * <p>Used by one thread.
 */
public final class Guard {
  private static final int UNKNOWN = 500;

  private final Runnable check;
  private final long intervalNanos;
  private long lastNanos = System.nanoTime();

  private Guard(Runnable check, Duration interval) {
    this.check = check;
    this.intervalNanos = interval.toNanos();
  }

  /** Lets everything last. */
  public static Guard none() {
    return new Guard(() -> {}, Duration.ofDays(1));
  }

  /**
   * Checks in this interval.
   *
   * @param visitor finds out who it is
   * @param admission refuses who may not have it
   */
  public static Guard of(
      Supplier<Visitor> visitor, Consumer<Visitor> admission, Duration interval) {
    return new Guard(() -> admission.accept(visitor.get()), interval);
  }

  /**
   * Checks, if it is time.
   *
   * @throws ProblemException 401 or 403 if it may not last
   */
  public void check() {
    if (System.nanoTime() - lastNanos < intervalNanos) {
      return;
    }
    lastNanos = System.nanoTime();
    try {
      check.run();
    } catch (ProblemException e) {
      if (e.problem().status() < UNKNOWN) {
        throw e;
      }
    }
  }
}
