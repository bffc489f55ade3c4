package io.bodybroker.sdk.store;

/** What must be under a key for a write to happen. */
sealed interface Expected {
  /** Whatever there is. */
  record Anything() implements Expected {}

  /** No document: there never was one, or it was deleted. */
  record Absent() implements Expected {}

  /** The entry of this version; it may be the mark of a deletion. */
  record Version(long version) implements Expected {}
}
