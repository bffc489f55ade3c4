package io.bodybroker.sdk.store;

/** How the server answered a write. That it did not answer is an exception. */
sealed interface Outcome {
  /** It was written. */
  record Written(long version) implements Outcome {}

  /** What was expected was not there; nothing was written. */
  record Refused() implements Outcome {}
}
