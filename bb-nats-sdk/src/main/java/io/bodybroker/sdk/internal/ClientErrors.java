package io.bodybroker.sdk.internal;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import org.jspecify.annotations.Nullable;

/** The errors that this side makes of a server that cannot be asked, or does not answer. */
public final class ClientErrors {
  private ClientErrors() {}

  /**
   * The server could not be asked: the request did not leave this process, or was refused unread.
   */
  public static ServiceException notSent(String why, @Nullable Throwable cause) {
    return unavailable(why, false, cause);
  }

  /** The server was asked and no answer was seen. */
  public static ServiceException unanswered(String why, @Nullable Throwable cause) {
    return unavailable(why, true, cause);
  }

  /** The calling thread was interrupted; its interrupt status is set again. */
  public static ServiceException interrupted(
      String what, boolean mayHaveExecuted, @Nullable Throwable cause) {
    Thread.currentThread().interrupt();
    return client(ErrorCode.CANCELLED, what + ": interrupted", mayHaveExecuted, cause);
  }

  /** An error of any code that this side made. */
  public static ServiceException client(
      ErrorCode code, String message, boolean mayHaveExecuted, @Nullable Throwable cause) {
    var error =
        ServiceException.builder(code, message)
            .origin(ErrorOrigin.CLIENT)
            .mayHaveExecuted(mayHaveExecuted);
    return (cause == null ? error : error.cause(cause)).build();
  }

  private static ServiceException unavailable(
      String why, boolean mayHaveExecuted, @Nullable Throwable cause) {
    return client(ErrorCode.UNAVAILABLE, why, mayHaveExecuted, cause);
  }
}
