package io.bodybroker.auth;

import io.bodybroker.auth.state.v1.StoredSession;
import io.bodybroker.auth.v1.Session;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.Map;

/** Messages of the contract to what rules work with, and back. */
final class Wire {
  private static final Duration USUAL = Duration.ofHours(24);
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 256;

  private Wire() {}

  static Session session(String playerId, StoredSession stored) {
    return Session.newBuilder()
        .setSessionId(stored.getSessionId())
        .setPlayerId(playerId)
        .setClient(stored.getClient())
        .putAllMetadata(stored.getMetadataMap())
        .setCreatedAt(stored.getCreatedAt())
        .setLastAccessedAt(stored.getLastAccessedAt())
        .setExpiresAt(stored.getExpiresAt())
        .build();
  }

  /**
   * How long a session shall last.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if that is nothing, or too long
   */
  static Duration timeToLive(boolean isGiven, com.google.protobuf.Duration given) {
    if (!isGiven) {
      return USUAL;
    }
    // Compared in seconds first: a Duration of the wire can be more than one of Java.
    boolean isTooLong = given.getSeconds() > Sessions.LONGEST.toSeconds();
    boolean isNothing = given.getSeconds() < 0;
    if (!isTooLong && !isNothing) {
      var length = Duration.ofSeconds(given.getSeconds(), given.getNanos());
      if (length.isPositive() && length.compareTo(Sessions.LONGEST) <= 0) {
        return length;
      }
    }
    throw ServiceException.invalidArgument(
        "ttl",
        "%d.%09d s".formatted(given.getSeconds(), given.getNanos()),
        "more than 0 s, at most " + Sessions.LONGEST.toDays() + " days");
  }

  /**
   * What a session shall remember.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if a name or value is too long
   */
  static Map<String, String> metadata(Map<String, String> given) {
    given.forEach((name, value) -> {
      if (name.isEmpty() || name.length() > LONGEST_NAME) {
        throw ServiceException.invalidArgument(
            "metadata", name, "names of 1 to " + LONGEST_NAME + " characters");
      }
      if (value.length() > LONGEST_VALUE) {
        throw ServiceException.invalidArgument(
            "metadata[" + name + "]",
            value.length() + " characters",
            "at most " + LONGEST_VALUE + " characters");
      }
    });
    return given;
  }
}
