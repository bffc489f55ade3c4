package io.bodybroker.sdk.internal;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pings of one connection, one after the other. A flush is a ping, and so is the drain of a
 * subscription. jnats gives up a connection that has more than two of them unanswered, one of which
 * may be its own, and takes haste for a dead server.
 *
 * <p>Thread-safe.
 */
public final class Pings {
  private final ReentrantLock turn = new ReentrantLock();

  /** An error listener that knows them. */
  public interface Holder {
    /** Those of its connection. */
    Pings pings();
  }

  /** None yet. */
  public Pings() {}

  private static Pings of(Connection connection) {
    return connection.getOptions().getErrorListener() instanceof Holder holder
        ? holder.pings()
        : new Pings();
  }

  /**
   * Waits until the server has all that was sent before.
   *
   * @throws TimeoutException if it does not say so in time, or others took all of it
   * @throws IllegalStateException if the connection has been closed
   */
  public static void flush(Connection connection, Duration bound)
      throws TimeoutException, InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    var turn = of(connection).turn;
    if (!turn.tryLock(bound.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("others flush");
    }
    try {
      connection.flush(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    } finally {
      turn.unlock();
    }
  }

  /**
   * Ends subscriptions so that all that was sent to them before still arrives.
   *
   * @return whether it all was handled within the bound, when that is known; empty if others took
   *     all of the bound, and nothing has changed
   * @throws IllegalStateException if they have ended already, or with their connection
   */
  public static Optional<CompletableFuture<Boolean>> drain(
      Connection connection, Consumer subscriptions, Duration bound) throws InterruptedException {
    var turn = of(connection).turn;
    if (!turn.tryLock(bound.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(subscriptions.drain(bound));
    } finally {
      turn.unlock();
    }
  }
}
