package io.bodybroker.sdk.stream;

/** What a stream that has reached a limit does with the next message. */
public enum WhenFull {
  /** Takes it, and lets go of the oldest. */
  DROP_OLDEST,
  /** Refuses it: whoever publishes gets {@code RESOURCE_EXHAUSTED}, and nothing is lost. */
  REFUSE_NEW
}
