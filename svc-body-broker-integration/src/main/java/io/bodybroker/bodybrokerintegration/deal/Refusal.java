package io.bodybroker.bodybrokerintegration.deal;

import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;

/** Which errors are a no for good. */
public final class Refusal {
  private Refusal() {}

  /**
   * Whether a server has looked at the call and will not do it, however often it is asked. What a
   * client's own side made says nothing of the server, and neither does an error that passes.
   */
  public static boolean isForGood(ServiceException error) {
    return error.origin() == ErrorOrigin.SERVER
        && switch (error.code()) {
          case INVALID_ARGUMENT,
              NOT_FOUND,
              ALREADY_EXISTS,
              PERMISSION_DENIED,
              UNAUTHENTICATED,
              FAILED_PRECONDITION,
              OUT_OF_RANGE ->
              true;
          case ABORTED,
              RESOURCE_EXHAUSTED,
              UNIMPLEMENTED,
              INTERNAL,
              UNAVAILABLE,
              DEADLINE_EXCEEDED,
              CANCELLED,
              UNKNOWN ->
              false;
        };
  }
}
