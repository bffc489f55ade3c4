package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import org.jspecify.annotations.Nullable;

/** The errors that both stores make, worded alike. */
final class StoreErrors {
  private StoreErrors() {}

  /**
   * The server could not be asked: the request did not leave this process, or was refused unread.
   */
  static ServiceException notSent(String why, @Nullable Throwable cause) {
    return unavailable(why, false, cause);
  }

  /** The server was asked and no answer was seen. */
  static ServiceException unanswered(String why, @Nullable Throwable cause) {
    return unavailable(why, true, cause);
  }

  static ServiceException alreadyExists(String store, String key) {
    return refused(ErrorCode.ALREADY_EXISTS, store, key, "already exists");
  }

  static ServiceException otherVersion(String store, String key) {
    return refused(ErrorCode.ABORTED, store, key, "has another version or is gone");
  }

  static ServiceException lostEveryRace(String store, String key, int attempts) {
    return refused(
        ErrorCode.ABORTED,
        store,
        key,
        "was changed by others in each of " + attempts + " attempts");
  }

  /** The calling thread was interrupted; its interrupt status is set again. */
  static ServiceException interrupted(
      String what, boolean mayHaveExecuted, @Nullable Throwable cause) {
    Thread.currentThread().interrupt();
    return client(ErrorCode.CANCELLED, what + ": interrupted", mayHaveExecuted, cause);
  }

  /** An error of any code that this side made. */
  static ServiceException client(
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

  private static ServiceException refused(ErrorCode code, String store, String key, String why) {
    return ServiceException.builder(code, "\"" + key + "\" in " + store + " " + why)
        .mayHaveExecuted(false)
        .detail("store", store)
        .detail("key", key)
        .build();
  }
}
