package io.bodybroker.sdk.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Optional;

/** The request id a thread works for, so that log lines can name it. */
public final class RequestIds {
  private static final ContextKey<String> KEY = ContextKey.named("bb-request-id");

  private RequestIds() {}

  /** A context that belongs to this request. */
  public static Context put(Context context, String requestId) {
    return context.with(KEY, requestId);
  }

  /** The request the current thread works for. */
  public static Optional<String> current() {
    return Optional.ofNullable(Context.current().get(KEY));
  }
}
