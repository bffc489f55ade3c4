package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.UnifiedJedis;

/**
 * Asks Redis again and again whether it is there, and remembers the answer, on a connection of its
 * own: that all others are busy is no sign of trouble. Costs nothing before it is started.
 * Thread-safe.
 */
final class RedisProbe implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** One answer may come late because this process was busy. */
  private static final int FAILURES = 2;

  private final RedisConnections connections;
  private final AtomicBoolean isStarted = new AtomicBoolean();
  private final Thread thread = Thread.ofVirtual().name("probe-redis").unstarted(this::run);
  private volatile Optional<String> problem = Optional.of("not connected to Redis yet");

  /** A probe over connections that nobody else uses, which it closes with itself. */
  RedisProbe(RedisConnections connections) {
    this.connections = connections;
  }

  void start() {
    if (isStarted.compareAndSet(false, true)) {
      thread.start();
    }
  }

  boolean isStarted() {
    return isStarted.get();
  }

  /** What is wrong with Redis; empty if nothing is. */
  Optional<String> problem() {
    return problem;
  }

  private void run() {
    int failures = 0;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        connections.read(UnifiedJedis::ping);
        failures = 0;
        problem = Optional.empty();
      } catch (ServiceException e) {
        failures++;
        if (failures >= FAILURES || problem.isPresent()) {
          problem = Optional.of(e.message());
        }
      } catch (RuntimeException e) {
        // Of a kind that nobody reckoned with: readiness must not stay as it was for good.
        problem = Optional.of(e.toString());
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    connections.close();
  }
}
