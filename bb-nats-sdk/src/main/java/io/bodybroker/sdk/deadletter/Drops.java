package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.metrics.Counter;
import io.bodybroker.sdk.metrics.Metrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Letters of one service that were not kept for one reason: each counted, few told. Thread-safe.
 */
final class Drops {
  private static final Logger LOG = System.getLogger(Letterbox.class.getName());
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Counter counter;
  private final String service;
  private final AtomicLong mayTellAgainNanos = new AtomicLong(System.nanoTime());

  Drops(Metrics metrics, String service, String reason) {
    this.counter = metrics.counter(DeadLetterMetrics.DROPPED, service, reason);
    this.service = service;
  }

  /**
   * @param why for operators
   */
  void count(Supplier<String> why) {
    counter.increment();
    long now = System.nanoTime();
    long again = mayTellAgainNanos.get();
    if (now - again >= 0 && mayTellAgainNanos.compareAndSet(again, now + QUIET.toNanos())) {
      LOG.log(
          Level.WARNING,
          "no dead letter is kept of a failed request to {0}: {1}; so far {2}, further ones are"
              + " counted and told once a minute",
          service,
          why.get(),
          counter.count());
    }
  }
}
