package io.bodybroker.cli;

/** How services and gateway run on this machine. */
interface Deployment extends AutoCloseable {
  /** Starts all of them; does not wait until they are ready. */
  void start();

  /** Drains and ends all of them. */
  @Override
  void close();
}
