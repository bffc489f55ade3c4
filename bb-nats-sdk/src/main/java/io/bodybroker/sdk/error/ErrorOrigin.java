package io.bodybroker.sdk.error;

/** Who made an error: the one who asked, or the one who was asked. */
public enum ErrorOrigin {
  /** Made on the caller's own side: not connected, nobody listens, no answer in time, cancelled. */
  CLIENT,
  /** A server answered with it. */
  SERVER
}
