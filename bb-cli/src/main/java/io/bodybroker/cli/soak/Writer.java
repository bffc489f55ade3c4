package io.bodybroker.cli.soak;

import io.bodybroker.cli.soak.Sightings.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/** Writes what streams tell of, one after the other, so that each has a number above the last. */
final class Writer implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration END = Duration.ofSeconds(15);

  private final List<Sighting> written = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean isClosed;

  /**
   * Begins to write.
   *
   * @param name of the calls in the ledger
   * @param write writes once, given how often it has before; returns the number of what it wrote
   */
  Writer(String name, Ledger ledger, Timeline timeline, LongUnaryOperator write) {
    var traffic =
        NatsCalls.traffic(
            name,
            count -> {
              long number = write.applyAsLong(count);
              written.add(new Sighting(number, timeline.now()));
            });
    this.thread = Thread.ofVirtual().name("soak-writer").start(() -> run(ledger, traffic));
  }

  private void run(Ledger ledger, Traffic traffic) {
    for (long count = 1; !isClosed; count++) {
      ledger.make(traffic, count);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** What was written, in order. */
  List<Sighting> written() {
    return written;
  }

  /** Writes no more; returns when the last has been answered. */
  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
