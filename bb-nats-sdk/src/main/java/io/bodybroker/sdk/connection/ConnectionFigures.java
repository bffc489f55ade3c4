package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.internal.Deliveries;
import io.bodybroker.sdk.internal.DirectWriter;
import io.nats.client.Connection;
import io.nats.client.Statistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a supervised connection has done since its start, over all the jnats connections it has had,
 * each of which counts from 0. Thread-safe.
 */
final class ConnectionFigures {
  /** What jnats counts, and what it never saw. */
  enum Traffic {
    MESSAGES_IN,
    MESSAGES_OUT,
    BYTES_IN,
    BYTES_OUT,
    DROPPED;

    long of(Connection connection) {
      Statistics statistics = connection.getStatistics();
      Deliveries direct = Deliveries.of(connection);
      DirectWriter writer = DirectWriter.of(connection);
      return switch (this) {
        case MESSAGES_IN -> statistics.getInMsgs() + direct.messages();
        case MESSAGES_OUT -> statistics.getOutMsgs() + writer.messages();
        case BYTES_IN -> statistics.getInBytes() + direct.bytes();
        case BYTES_OUT -> statistics.getOutBytes() + writer.bytes();
        case DROPPED -> statistics.getDroppedCount();
      };
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanoClock;
  private final LongAdder failures = new LongAdder();
  private final Map<Traffic, Long> ofEarlierOnes = new EnumMap<>(Traffic.class);
  private @Nullable Connection present;
  private ConnectionState state = ConnectionState.DOWN;
  private long sinceNanos;
  private long downNanos;
  private long established;

  ConnectionFigures(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.sinceNanos = nanoClock.getAsLong();
  }

  /** From now on another jnats connection is in use. */
  void uses(Connection fresh) {
    lock.lock();
    try {
      for (Traffic traffic : Traffic.values()) {
        ofEarlierOnes.put(traffic, total(traffic));
      }
      present = fresh;
    } finally {
      lock.unlock();
    }
  }

  void changed(ConnectionState next) {
    lock.lock();
    try {
      downNanos = downNanos();
      sinceNanos = nanoClock.getAsLong();
      state = next;
      if (next == ConnectionState.UP) {
        established++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** An attempt to connect failed. */
  void failed() {
    failures.increment();
  }

  long failures() {
    return failures.sum();
  }

  /** How often it came back. */
  long reconnects() {
    lock.lock();
    try {
      return Math.max(0, established - 1);
    } finally {
      lock.unlock();
    }
  }

  /** How long it was wanted and not there, the time before the first connection included. */
  long downNanos() {
    lock.lock();
    try {
      return state == ConnectionState.DOWN
          ? downNanos + (nanoClock.getAsLong() - sinceNanos)
          : downNanos;
    } finally {
      lock.unlock();
    }
  }

  long total(Traffic traffic) {
    lock.lock();
    try {
      long earlier = ofEarlierOnes.getOrDefault(traffic, 0L);
      return present == null ? earlier : earlier + traffic.of(present);
    } finally {
      lock.unlock();
    }
  }
}
