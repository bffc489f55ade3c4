package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** What ADR-32 STATS tells of one endpoint. Thread-safe. */
final class EndpointStats {
  private static final AtomicLongFieldUpdater<EndpointStats> REQUESTS = updater("requests");
  private static final AtomicLongFieldUpdater<EndpointStats> PROCESSING_NANOS =
      updater("processingNanos");
  private static final AtomicLongFieldUpdater<EndpointStats> ERRORS = updater("errors");
  private static final AtomicLongFieldUpdater<EndpointStats> SHED = updater("shed");

  // Side by side, as in a histogram: what is counted of a method is mostly not in a cache.
  private volatile long requests;
  private volatile long processingNanos;
  private volatile long errors;
  private volatile long shed;
  private volatile String lastError = "";

  private static AtomicLongFieldUpdater<EndpointStats> updater(String field) {
    return AtomicLongFieldUpdater.newUpdater(EndpointStats.class, field);
  }

  void answered(long nanos) {
    REQUESTS.incrementAndGet(this);
    PROCESSING_NANOS.addAndGet(this, nanos);
  }

  void failed(ErrorCode code, long nanos) {
    answered(nanos);
    ERRORS.incrementAndGet(this);
    lastError = code.name();
  }

  void shed() {
    SHED.incrementAndGet(this);
  }

  long requests() {
    return requests;
  }

  long errors() {
    return errors;
  }

  long shedCount() {
    return shed;
  }

  long processingNanos() {
    return processingNanos;
  }

  String lastError() {
    return lastError;
  }
}
