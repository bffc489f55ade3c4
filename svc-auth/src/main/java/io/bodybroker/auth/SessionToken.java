package io.bodybroker.auth;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a session is shown by: {@code bbs_} and 48 bytes in Base64url. The first 16 say where to
 * look, and follow from the player; the other 32 are the secret, and only their hash is kept. So a
 * token is found by what is no secret, and what is secret is compared in constant time.
 *
 * <p>Its {@link #toString()} does not show it.
 */
final class SessionToken {
  static final int SECRET_BYTES = 32;

  private static final int PLACE_BYTES = 16;
  private static final String PREFIX = "bbs_";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{64}");

  private final byte[] place;
  private final byte[] secret;

  private SessionToken(byte[] place, byte[] secret) {
    this.place = place;
    this.secret = secret;
  }

  static SessionToken of(String playerId, byte[] secret) {
    return new SessionToken(placeOf(playerId), secret.clone());
  }

  /** The token that a text is; empty if it can be none. */
  static Optional<SessionToken> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    return Optional.of(
        new SessionToken(
            Arrays.copyOf(bytes, PLACE_BYTES),
            Arrays.copyOfRange(bytes, PLACE_BYTES, bytes.length)));
  }

  /** Where a player's sessions are kept. */
  static String keyOf(String playerId) {
    return HexFormat.of().formatHex(placeOf(playerId));
  }

  private static byte[] placeOf(String playerId) {
    return Arrays.copyOf(sha256(playerId.getBytes(StandardCharsets.UTF_8)), PLACE_BYTES);
  }

  /** Where the session is kept. */
  String key() {
    return HexFormat.of().formatHex(place);
  }

  /** What is kept of the secret. */
  ByteString secretHash() {
    return ByteString.copyFrom(sha256(secret));
  }

  /** Whether this is the token of which a hash was kept; takes as long for any hash. */
  boolean isThatOf(ByteString hash) {
    return MessageDigest.isEqual(sha256(secret), hash.toByteArray());
  }

  /** The token itself, for its owner alone. */
  String reveal() {
    byte[] bytes = Arrays.copyOf(place, PLACE_BYTES + SECRET_BYTES);
    System.arraycopy(secret, 0, bytes, PLACE_BYTES, SECRET_BYTES);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  @Override
  public String toString() {
    return "SessionToken[not shown]";
  }
}
