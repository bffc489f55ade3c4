package io.bodybroker.sdk.rpc;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long requests have been on their way: by how much the time between sending and arrival is
 * more than the least ever seen of the same clock. The two clocks need not agree, for the offset
 * between them is in both; LEDBAT (RFC 6817) measures queues alike.
 *
 * <p>So whatever holds a request up is seen, wherever that is: its caller's own queue, a server or
 * a route that hangs, this process while it is stopped. What is not seen is how late the first
 * request of a clock is, and it counts as being in time.
 *
 * <p>Thread-safe. Two threads that measure at once may lose one new minimum, which the next request
 * finds again.
 */
final class TransitTimes {
  /**
   * Clocks drift: the least is let rise by a ten thousandth of the time since it was seen, which is
   * more than the quartz of two machines differs by, so a drift never reads as lateness.
   */
  private static final int DRIFT = 10_000;

  /** The difference of the clocks and the shortest way, together. */
  private record Least(long micros, long seenMicros) {
    long at(long now) {
      return micros + Math.max(0, now - seenMicros) / DRIFT;
    }
  }

  private final int generation;
  private volatile Map<String, Least> young = new ConcurrentHashMap<>();
  private volatile Map<String, Least> old = Map.of();

  /**
   * Remembers at least so many clocks, and at most twice as many. One that is forgotten begins
   * anew.
   */
  TransitTimes(int generation) {
    this.generation = generation;
  }

  /** How much longer than the shortest way a request took. */
  Duration measure(SentAt sent, long arrivedNanos) {
    long now = TimeUnit.NANOSECONDS.toMicros(arrivedNanos);
    long way = now - sent.micros();
    Least least = find(sent.clock());
    if (least == null || way < least.at(now)) {
      remember(sent.clock(), new Least(way, now));
      return Duration.ZERO;
    }
    long late = way - least.at(now);
    return late == 0 ? Duration.ZERO : Duration.of(late, ChronoUnit.MICROS);
  }

  private @Nullable Least find(String clock) {
    Least least = young.get(clock);
    if (least == null) {
      least = old.get(clock);
      if (least != null) {
        remember(clock, least);
      }
    }
    return least;
  }

  private void remember(String clock, Least least) {
    if (young.size() >= generation && !young.containsKey(clock)) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    young.put(clock, least);
  }
}
