package io.bodybroker.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a condition, never for a time: the bound only limits how long a failing test takes.
 *
 * {@snippet file="io/bodybroker/testkit/AwaitTest.java" region="example"}
 *
 * <p>The condition is looked at on the caller's thread, at once and then every 5 ms, later every 50
 * ms. A look that throws, {@link AssertionError} included, counts as "not yet"; the last one
 * becomes the cause of the failure. A look that itself hangs is not interrupted.
 *
 * <p>All methods may be called from any thread. An interrupt ends the wait with a {@link
 * CancellationException} and stays set.
 */
public final class Await {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private Await() {}

  /** A look at the world; may throw as long as it does not hold. */
  @FunctionalInterface
  public interface Condition {
    /** Returns whether it holds now. */
    boolean holds() throws Exception;
  }

  /** Statements that throw, usually an {@link AssertionError}, as long as they do not hold. */
  @FunctionalInterface
  public interface Assertion {
    /** Returns normally if it holds now. */
    void check() throws Exception;
  }

  /**
   * Returns as soon as the condition holds.
   *
   * @param bound how long to wait at most
   * @param what what is waited for; completes "waited 5 s in vain for: …"
   * @throws AssertionError if it did not hold within the bound
   */
  public static void until(Duration bound, String what, Condition condition) {
    untilSeen(bound, what, condition::holds, holds -> holds);
  }

  /**
   * Returns the first value that is as wanted. A failure names the last value that was seen
   * instead.
   *
   * @param bound how long to wait at most
   * @param what what is waited for; completes "waited 5 s in vain for: …"
   * @throws AssertionError if no such value was seen within the bound
   */
  public static <T> T untilSeen(
      Duration bound, String what, Callable<T> look, Predicate<? super T> wanted) {
    long end = System.nanoTime() + bound.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      Throwable thrown = null;
      String seen;
      try {
        T value = look.call();
        if (wanted.test(value)) {
          return value;
        }
        seen = String.valueOf(value);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(what);
      } catch (Exception | AssertionError e) {
        thrown = e;
        seen = e.toString();
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw failure(bound, what, seen, thrown);
      }
      pause(Math.min(left, pause.toNanos()), what);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.plus(FIRST_PAUSE) : LONGEST_PAUSE;
    }
  }

  /**
   * Returns as soon as the assertion passes.
   *
   * @param bound how long to wait at most
   * @param what what is waited for; completes "waited 5 s in vain for: …"
   * @throws AssertionError if it never passed within the bound; its cause is the last failure
   */
  public static void untilAsserted(Duration bound, String what, Assertion assertion) {
    untilSeen(
        bound,
        what,
        () -> {
          assertion.check();
          return true;
        },
        passed -> passed);
  }

  private static AssertionError failure(
      Duration bound, String what, String seen, @Nullable Throwable thrown) {
    String seconds = String.valueOf(bound.toMillis() / 1000.0).replaceFirst("\\.0$", "");
    return new AssertionError(
        "waited " + seconds + " s in vain for: " + what + "; last seen: " + seen, thrown);
  }

  private static void pause(long nanos, String what) {
    LockSupport.parkNanos(nanos);
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(what);
    }
  }

  private static CancellationException interrupted(String what) {
    return new CancellationException("interrupted while waiting for: " + what);
  }
}
