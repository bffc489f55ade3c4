package io.bodybroker.sdk.stream;

/** When a stream lets go of a message. */
public enum Retention {
  /** When a limit says so: age, bytes, count. */
  LIMITS,
  /** When every consumer has acknowledged it; at once if there is none. */
  INTEREST,
  /** When its one consumer has acknowledged it. */
  WORK_QUEUE
}
