package io.bodybroker.sdk.rpc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stamps what a caller sends. A server that thinks a request late, though its caller still waits
 * for it, reckons with a clock that has since been stopped or set, as happens to a virtual machine
 * that is moved; a new clock then makes it forget the old one. Thread-safe.
 */
final class SendClock {
  /**
   * A clock.
   *
   * @param last the latest microsecond that was told
   */
  private record Clock(String name, int generation, long beganNanos, AtomicLong last) {
    /** Each microsecond is told once; who calls more than a million times a second is ahead. */
    SentAt now() {
      long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - beganNanos);
      return new SentAt(name, last.accumulateAndGet(micros, SendClock::later));
    }
  }

  private final String inbox;
  private final AtomicReference<Clock> clock;

  /**
   * A clock.
   *
   * @param inbox what the addresses begin with at which its owner is answered, and nobody else
   */
  SendClock(String inbox) {
    this.inbox = inbox;
    this.clock = new AtomicReference<>(begin(0));
  }

  private Clock begin(int generation) {
    return new Clock(
        SentAt.clock(inbox, generation), generation, System.nanoTime(), new AtomicLong());
  }

  private static long later(long last, long now) {
    return Math.max(last + 1, now);
  }

  /** Now; no two are equal. */
  SentAt now() {
    return clock.get().now();
  }

  /** Begins a new clock, unless the one of this name has been replaced already. */
  void replace(String name) {
    Clock present = clock.get();
    if (present.name().equals(name)) {
      clock.compareAndSet(present, begin(present.generation() + 1));
    }
  }
}
