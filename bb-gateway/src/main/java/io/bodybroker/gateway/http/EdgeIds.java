package io.bodybroker.gateway.http;

import io.bodybroker.gateway.refusal.Refusal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ids that enter with a request. A request id from outside is kept if it is a plain word, so
 * that a client's log and ours can be laid side by side; it identifies nobody and decides nothing.
 * Identity headers ({@code Bb-User} and its like) are never read.
 */
final class EdgeIds {
  /** Carries the request id, in and out. */
  static final String REQUEST_ID = "X-Request-Id";

  /** Carries the idempotency key, as in the IETF's draft of that name. */
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private EdgeIds() {}

  /** The client's request id, or one of our own. */
  static String requestId(Optional<String> given) {
    return given
        .filter(id -> WORD.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  /** Checks the client's idempotency key: here it must not be replaced silently. */
  static String idempotencyKey(String given) {
    if (!VISIBLE.matcher(given).matches()) {
      throw Refusal.of(IDEMPOTENCY_KEY, given, "1 to 255 visible ASCII characters, no space");
    }
    return given;
  }
}
