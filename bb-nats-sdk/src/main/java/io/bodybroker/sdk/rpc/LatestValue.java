package io.bodybroker.sdk.rpc;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A value that others change and a streaming handler waits for. A value that is not fetched before
 * the next one comes is left out, so a slow reader gets the latest state rather than all there ever
 * was, and nothing piles up for it.
 *
 * <p>Thread-safe.
 *
 * @param <T> the value
 */
public final class LatestValue<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable T value;

  /** Puts a value in the place of one that was not fetched yet. Never waits. */
  public void set(T next) {
    lock.lock();
    try {
      value = Objects.requireNonNull(next, "next");
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Fetches the value that came last, and each only once; waits for it. */
  public T take() throws InterruptedException {
    lock.lock();
    try {
      T taken;
      while ((taken = value) == null) {
        changed.await();
      }
      value = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #take}, but empty when none has come after a time. */
  public Optional<T> poll(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      T taken;
      while ((taken = value) == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      value = null;
      return Optional.ofNullable(taken);
    } finally {
      lock.unlock();
    }
  }
}
