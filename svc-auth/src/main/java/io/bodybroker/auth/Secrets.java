package io.bodybroker.auth;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Where what nobody may guess comes from. Thread-safe. */
final class Secrets {
  /** Bytes that make a session's name one of its own among those of its player. */
  private static final int NAME_BYTES = 12;

  private final SecureRandom random;

  Secrets(SecureRandom random) {
    this.random = random;
  }

  /** A token that leads to this player's sessions. */
  SessionToken token(String playerId) {
    byte[] secret = new byte[SessionToken.SECRET_BYTES];
    random.nextBytes(secret);
    return SessionToken.of(playerId, secret);
  }

  /** A name for a session; no secret. */
  String sessionId() {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }
}
