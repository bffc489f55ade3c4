package io.bodybroker.worldstate;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;

/** What is said of an entity whose version is not the one that was meant. */
final class EntityVersions {
  private EntityVersions() {}

  /**
   * Refuses an entity of another version.
   *
   * @throws ServiceException {@code ABORTED} with the detail {@code current_version}
   */
  static void require(long expected, EntityKey key, EntityDocument document) {
    if (expected != document.version()) {
      throw document.error(
          ErrorCode.ABORTED,
          "%s has version %d, not %d".formatted(key, document.version(), expected));
    }
  }

  static ServiceException exists(EntityKey key, EntityDocument document) {
    return document.error(
        ErrorCode.ALREADY_EXISTS, "%s exists, with version %d".formatted(key, document.version()));
  }
}
