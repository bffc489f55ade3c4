package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;

/** The errors that both stores make, worded alike. */
final class StoreErrors {
  private StoreErrors() {}

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

  private static ServiceException refused(ErrorCode code, String store, String key, String why) {
    return ServiceException.builder(code, "\"" + key + "\" in " + store + " " + why)
        .mayHaveExecuted(false)
        .detail("store", store)
        .detail("key", key)
        .build();
  }
}
