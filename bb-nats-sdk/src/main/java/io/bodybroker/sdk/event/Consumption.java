package io.bodybroker.sdk.event;

import java.time.Duration;

/** A consumer at work. Thread-safe. */
public interface Consumption extends AutoCloseable {
  /** Whether it is connected to its consumer on the server, and events arrive. */
  boolean isConsuming();

  /** Events at work now. */
  int inFlight();

  /**
   * Takes no further events and waits for those at work; what is finished is acknowledged.
   *
   * @return whether all were finished within the timeout
   */
  boolean drain(Duration timeout) throws InterruptedException;

  /** Stops at once; events still at work come again, here or at another instance. */
  @Override
  void close();
}
