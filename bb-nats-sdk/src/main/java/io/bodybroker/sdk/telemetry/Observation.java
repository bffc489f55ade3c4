package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;

/**
 * One call being observed. Ended exactly once, by {@link #succeed} or {@link #fail}; not
 * thread-safe.
 */
public final class Observation {
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> ERROR_ID = AttributeKey.stringKey("bb.error_id");

  private final Operation operation;
  private final Span span;
  private final Context context;
  private final RpcMeters meters;
  private final long startedNanos = System.nanoTime();

  Observation(Operation operation, Span span, Context context, RpcMeters meters) {
    this.operation = operation;
    this.span = span;
    this.context = context;
    this.meters = meters;
  }

  /** The context to run the call under: its span is the current one there. */
  public Context context() {
    return context;
  }

  /** The call was answered. */
  public void succeed() {
    end(RpcMeters.OK);
  }

  /**
   * The call ended in an error. Only faults of the system, not of the request, mark the span as
   * failed.
   */
  public void fail(ServiceException error) {
    span.setAttribute(ERROR_TYPE, error.code().name());
    error.errorId().ifPresent(id -> span.setAttribute(ERROR_ID, id));
    if (isFault(error.code())) {
      span.setStatus(StatusCode.ERROR, error.message());
    }
    end(error.code().name());
  }

  private void end(String outcome) {
    span.end();
    meters.record(operation, outcome, System.nanoTime() - startedNanos);
  }

  private static boolean isFault(ErrorCode code) {
    return switch (code) {
      case INTERNAL, UNKNOWN, UNAVAILABLE, DEADLINE_EXCEEDED, UNIMPLEMENTED, RESOURCE_EXHAUSTED ->
          true;
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          ABORTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          CANCELLED ->
          false;
    };
  }
}
