package io.bodybroker.sdk.rpc;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one call is to be made. Whatever is not said comes from the configuration of the {@link
 * RpcCaller} and, while serving a request, from that request: its deadline is never exceeded, its
 * metadata is inherited.
 *
 * <p>Immutable.
 */
public final class CallOptions {
  /** Longest {@link #timeout()}: what waits longer should be an event or a stream. */
  public static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

  private static final CallOptions DEFAULTS = new CallOptions(null, CallMetadata.empty());

  private final @Nullable Duration timeout;
  private final CallMetadata metadata;

  private CallOptions(@Nullable Duration timeout, CallMetadata metadata) {
    this.timeout = timeout;
    this.metadata = metadata;
  }

  /** Everything as configured. */
  public static CallOptions defaults() {
    return DEFAULTS;
  }

  /** As configured, but with this {@linkplain #withTimeout timeout}. */
  public static CallOptions timeout(Duration timeout) {
    return DEFAULTS.withTimeout(timeout);
  }

  /**
   * How long the caller waits for the answer, all attempts included. It travels with the call, so a
   * server can drop work nobody waits for.
   *
   * @param value more than zero, at most 5 min; default 2 s
   * @throws IllegalArgumentException if out of range, naming the value and the range
   */
  public CallOptions withTimeout(Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout: " + value + " (expected: more than PT0S, at most " + MAX_TIMEOUT + ")");
    }
    return new CallOptions(value, metadata);
  }

  /** Who is asking. What it leaves out is inherited from the request being served. */
  public CallOptions withMetadata(CallMetadata value) {
    return new CallOptions(timeout, value);
  }

  /**
   * Makes repeats of this call have one effect and one answer, if the method says it honours keys.
   */
  public CallOptions withIdempotencyKey(String key) {
    return withMetadata(metadata.toBuilder().idempotencyKey(key).build());
  }

  /** How long the caller waits, if said. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** Who is asking, as far as said. */
  public CallMetadata metadata() {
    return metadata;
  }
}
