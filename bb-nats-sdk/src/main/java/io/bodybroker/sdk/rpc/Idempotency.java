package io.bodybroker.sdk.rpc;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;

/** What doing a call twice means, from protobuf's own {@code idempotency_level}. */
public enum Idempotency {
  /**
   * Nothing said: repeating may do the work twice, so it is repeated only if it certainly was not
   * begun.
   */
  UNKNOWN,
  /** Doing it twice has the effect of doing it once: may be retried after a timeout. */
  IDEMPOTENT,
  /** A read: may be retried, hedged and cached. */
  NO_SIDE_EFFECTS;

  /** Whether a call whose outcome is not known may be sent again. */
  public boolean mayRepeat() {
    return this != UNKNOWN;
  }

  static Idempotency of(IdempotencyLevel level) {
    return switch (level) {
      case IDEMPOTENCY_UNKNOWN -> UNKNOWN;
      case IDEMPOTENT -> IDEMPOTENT;
      case NO_SIDE_EFFECTS -> NO_SIDE_EFFECTS;
    };
  }
}
