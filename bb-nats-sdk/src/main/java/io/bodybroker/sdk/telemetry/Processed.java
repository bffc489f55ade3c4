package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;

/**
 * One attempt at an event being observed. The first of {@link #succeed} and {@link #fail} ends it;
 * not thread-safe.
 */
public final class Processed {
  private final ConsumerTelemetry consumer;
  private final Span span;
  private final Context context;
  private final long startedNanos = System.nanoTime();
  private boolean isEnded;

  Processed(ConsumerTelemetry consumer, Span span, Context context) {
    this.consumer = consumer;
    this.span = span;
    this.context = context;
  }

  /**
   * The context to handle the event under: its span is the current one there, and it belongs to the
   * request that the event was published for.
   */
  public Context context() {
    return context;
  }

  /** The handler has returned. */
  public void succeed() {
    end(Outcome.OK);
  }

  /** The attempt failed, for good or not. */
  public void fail(ErrorCode code, String why) {
    if (isEnded) {
      return;
    }
    span.setAttribute(Attribute.ERROR_TYPE, code.name()).setStatus(StatusCode.ERROR, why);
    end(code.name());
  }

  private void end(String code) {
    if (isEnded) {
      return;
    }
    isEnded = true;
    span.end();
    consumer.ended(code, System.nanoTime() - startedNanos);
  }
}
