package io.bodybroker.cli;

import java.util.Optional;

/** How services and gateway run on this machine. */
interface Deployment extends AutoCloseable {
  /** Starts all of them; does not wait until they are ready. */
  void start();

  /** What has ended though it should run, and where one can read why. */
  Optional<String> failure();

  /** Drains and ends all of them. */
  @Override
  void close();
}
