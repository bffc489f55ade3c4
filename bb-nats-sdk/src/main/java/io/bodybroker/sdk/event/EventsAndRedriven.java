package io.bodybroker.sdk.event;

import java.time.Duration;

/**
 * A consumer's events, and those that come back to it from the dead-letter queue, as one.
 *
 * @param closed run when it was closed
 */
record EventsAndRedriven(Consumption events, Consumption redriven, Runnable closed)
    implements Consumption {
  @Override
  public boolean isConsuming() {
    return events.isConsuming() && redriven.isConsuming();
  }

  @Override
  public int inFlight() {
    return events.inFlight() + redriven.inFlight();
  }

  @Override
  public boolean drain(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    boolean isDone = redriven.drain(timeout);
    return events.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime()))) && isDone;
  }

  @Override
  public void close() {
    events.close();
    redriven.close();
    closed.run();
  }
}
