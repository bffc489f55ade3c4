package io.bodybroker.sdk.journal;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;

/** The errors that all journals make, worded alike. */
final class Refusals {
  private Refusals() {}

  static ServiceException otherLast(String journal, String key, long after) {
    return refused(journal, key, "has another last entry than that at position " + after);
  }

  static ServiceException lostEveryRace(String journal, String key, int attempts) {
    return refused(journal, key, "was appended to by others in each of " + attempts + " attempts");
  }

  private static ServiceException refused(String journal, String key, String why) {
    return ServiceException.builder(
            ErrorCode.ABORTED, "\"%s\" in journal %s %s".formatted(key, journal, why))
        .mayHaveExecuted(false)
        .detail("journal", journal)
        .detail("key", key)
        .build();
  }
}
