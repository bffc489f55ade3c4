package io.bodybroker.statemanager;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.statemanager.v1.DeleteStateRequest;
import io.bodybroker.statemanager.v1.UpdateStateRequest;

/** What must be so for a write to be committed. */
sealed interface Precondition {
  /** Commits whatever there is. */
  record None() implements Precondition {}

  /** Commits if this is the version now; 0 is that of a document never written. */
  record Version(long expected) implements Precondition {}

  /** Commits if there is no document, because there never was one or it was deleted. */
  record Absent() implements Precondition {}

  static Precondition of(UpdateStateRequest request) {
    if (request.getCreateOnly() && request.hasExpectedVersion()) {
      throw ServiceException.invalidArgument(
          "create_only", true, "only one of create_only and expected_version");
    }
    if (request.getCreateOnly()) {
      return new Absent();
    }
    return request.hasExpectedVersion() ? new Version(request.getExpectedVersion()) : new None();
  }

  static Precondition of(DeleteStateRequest request) {
    return request.hasExpectedVersion() ? new Version(request.getExpectedVersion()) : new None();
  }

  /**
   * Refuses a document that is not as it must be.
   *
   * @throws ServiceException {@code ABORTED} or {@code ALREADY_EXISTS} with the detail {@code
   *     current_version}
   */
  default void check(Target target, StateDocument document) {
    switch (this) {
      case None none -> {
        // Nothing need be so.
      }
      case Version version -> {
        if (version.expected() != document.version()) {
          throw document.error(
              ErrorCode.ABORTED,
              "the state of %s \"%s\" has version %d, not %d"
                  .formatted(target.word(), target.id(), document.version(), version.expected()));
        }
      }
      case Absent absent -> {
        if (document.exists()) {
          throw document.error(
              ErrorCode.ALREADY_EXISTS,
              "the state of %s \"%s\" exists, with version %d"
                  .formatted(target.word(), target.id(), document.version()));
        }
      }
    }
  }
}
