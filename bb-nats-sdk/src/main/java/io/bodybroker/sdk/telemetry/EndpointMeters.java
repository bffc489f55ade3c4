package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.metrics.Counter;
import io.bodybroker.sdk.metrics.Metrics;

/**
 * What one served method tells beside the observations of its calls. Its series are there from the
 * start, so that their first rise can be seen. Thread-safe.
 */
public final class EndpointMeters {
  private final Operation operation;
  private final CallMeters calls;
  private final Counter overload;
  private final Counter expired;

  EndpointMeters(Metrics metrics, Operation operation, CallMeters calls) {
    this.operation = operation;
    this.calls = calls;
    this.overload = metrics.counter(RpcMetrics.SERVER_REFUSALS, operation.labels("overload"));
    this.expired = metrics.counter(RpcMetrics.SERVER_REFUSALS, operation.labels("expired"));
  }

  /** A request was refused because too many are at work. */
  public void overloaded() {
    overload.increment();
  }

  /** The time of a request was up before its work began. */
  public void expired() {
    expired.increment();
  }

  /** A request that has no observation of its own was answered with an error. */
  public void refused(ErrorCode code, long nanos) {
    calls.failed(code, nanos);
  }

  Operation operation() {
    return operation;
  }

  CallMeters calls() {
    return calls;
  }
}
