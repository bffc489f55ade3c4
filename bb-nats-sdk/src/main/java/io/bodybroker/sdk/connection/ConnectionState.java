package io.bodybroker.sdk.connection;

/** Where a supervised connection stands. */
public enum ConnectionState {
  /** Not yet connected, or connecting again. */
  DOWN,
  /** Connected: messages flow. */
  UP,
  /** Closed by its owner, for good. */
  CLOSED
}
