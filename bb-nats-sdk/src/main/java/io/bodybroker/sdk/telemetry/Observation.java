package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ServiceException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One call being observed. Ended exactly once, by {@link #succeed} or {@link #fail}; not
 * thread-safe.
 */
public final class Observation {
  private final Span span;
  private final Context context;
  private final CallMeters meters;
  private final @Nullable LongAdder open;
  private final long startedNanos;

  /**
   * @param startedNanos when it began, by {@link System#nanoTime()}
   * @param open counts those that have begun and not ended, if anybody wants to know
   */
  Observation(
      Span span, Context context, CallMeters meters, long startedNanos, @Nullable LongAdder open) {
    this.span = span;
    this.context = context;
    this.meters = meters;
    this.startedNanos = startedNanos;
    this.open = open;
    if (open != null) {
      open.increment();
    }
  }

  /** The context to run the call under: its span is the current one there. */
  public Context context() {
    return context;
  }

  /** The call was answered. */
  public void succeed() {
    span.setAttribute(Attribute.RPC_STATUS, Outcome.OK);
    meters.answered(end());
  }

  /**
   * The call ended in an error. Only faults of the system, not of the request, mark the span as
   * failed.
   */
  public void fail(ServiceException error) {
    String code = error.code().name();
    span.setAttribute(Attribute.RPC_STATUS, code);
    error.errorId().ifPresent(id -> span.setAttribute(Attribute.ERROR_ID, id));
    if (Outcome.isFault(error.code())) {
      span.setAttribute(Attribute.ERROR_TYPE, code);
      span.setStatus(StatusCode.ERROR, error.message());
    }
    meters.failed(error.code(), end());
  }

  /** Returns how long it took. */
  private long end() {
    span.end();
    if (open != null) {
      open.decrement();
    }
    return System.nanoTime() - startedNanos;
  }
}
