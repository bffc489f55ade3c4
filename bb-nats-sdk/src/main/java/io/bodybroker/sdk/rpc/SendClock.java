package io.bodybroker.sdk.rpc;

import io.nats.client.NUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stamps what a caller sends. A server that thinks a request late, though its caller still waits
 * for it, reckons with a clock that has since been stopped or set, as happens to a virtual machine
 * that is moved; a new clock then makes it forget the old one. Thread-safe.
 */
final class SendClock {
  private record Clock(String name, long beganNanos) {
    static Clock begin() {
      return new Clock(NUID.nextGlobal(), System.nanoTime());
    }
  }

  private final AtomicReference<Clock> clock = new AtomicReference<>(Clock.begin());

  /** Now. */
  SentAt now() {
    Clock present = clock.get();
    return new SentAt(
        present.name(), TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - present.beganNanos()));
  }

  /** Begins a new clock, unless the one of this name has been replaced already. */
  void replace(String name) {
    Clock present = clock.get();
    if (present.name().equals(name)) {
      clock.compareAndSet(present, Clock.begin());
    }
  }
}
