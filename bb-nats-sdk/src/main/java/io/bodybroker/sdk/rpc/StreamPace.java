package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.config.BusConfig;
import java.time.Duration;

/**
 * How much a stream may hold, and how it is noticed that one of its ends is gone.
 *
 * @param window how far a writer may be ahead of its reader
 * @param keepAlive a writer that has been silent for so long says that it is still there
 */
record StreamPace(StreamCredit window, Duration keepAlive) {
  private static final int SILENT_INTERVALS = 20;

  static StreamPace of(BusConfig config) {
    return new StreamPace(
        new StreamCredit(config.streamWindow(), config.streamWindowBytes()),
        config.streamKeepAlive());
  }

  /**
   * After so long without a sign of life the other end counts as gone. That is for the rare case
   * that NATS cannot tell: an end whose connection is closed is known to be gone with the next
   * message to it, at the latest with the next keep-alive.
   */
  Duration silence() {
    return keepAlive.multipliedBy(SILENT_INTERVALS);
  }
}
