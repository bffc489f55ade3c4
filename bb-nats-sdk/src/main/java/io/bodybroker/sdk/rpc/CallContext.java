package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.telemetry.RequestIds;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a handler knows about the call it serves: how much time is left and who asks. Calls it makes
 * on the same thread inherit both by themselves; work it hands to another thread does too if
 * wrapped with {@code Context.current().wrap(task)} of OpenTelemetry, whose context this one
 * travels in.
 *
 * <p>Immutable and thread-safe.
 */
public final class CallContext implements ImplicitContextKeyed {
  private static final ContextKey<CallContext> KEY = ContextKey.named("bb-call");

  private final CallMetadata metadata;
  private final long deadlineNanos;

  CallContext(CallMetadata metadata, long deadlineNanos) {
    this.metadata = metadata;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * A context for a handler that is called directly, as a test does.
   *
   * @param timeout how long its caller would wait
   */
  public static CallContext of(CallMetadata metadata, Duration timeout) {
    return new CallContext(metadata, Deadlines.after(timeout));
  }

  /** For a handler that may take as long as its caller reads. */
  static CallContext withoutDeadline(CallMetadata metadata) {
    return new CallContext(metadata, Deadlines.after(Deadlines.NEVER));
  }

  /** Who is asking. */
  public CallMetadata metadata() {
    return metadata;
  }

  /**
   * How long the caller will still wait; zero if it no longer does. Years, while serving a stream,
   * which lasts as long as its caller reads.
   */
  public Duration remaining() {
    return Deadlines.left(deadlineNanos);
  }

  /** Whether the caller has stopped waiting, so that further work is wasted. */
  public boolean isExpired() {
    return deadlineNanos - System.nanoTime() <= 0;
  }

  /** The call this thread serves, if it serves one. */
  static @Nullable CallContext current() {
    return Context.current().get(KEY);
  }

  @Override
  public Context storeInContext(Context context) {
    Context stored = context.with(KEY, this);
    return metadata.requestId().map(id -> RequestIds.put(stored, id)).orElse(stored);
  }

  long deadlineNanos() {
    return deadlineNanos;
  }
}
