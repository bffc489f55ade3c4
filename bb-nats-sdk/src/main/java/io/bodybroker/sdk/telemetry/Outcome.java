package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;

/** How a call ended, as a status code. A closed list, so it may be a label. */
final class Outcome {
  static final String OK = "OK";

  private Outcome() {}

  /**
   * Whether the code tells of a fault of the system, which marks a span as failed, and not of the
   * request, which is an answer like others.
   */
  static boolean isFault(ErrorCode code) {
    return switch (code) {
      case INTERNAL, UNKNOWN, UNAVAILABLE, DEADLINE_EXCEEDED, UNIMPLEMENTED, RESOURCE_EXHAUSTED ->
          true;
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          ABORTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          CANCELLED ->
          false;
    };
  }
}
