package io.bodybroker.sdk.rpc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What ADR-32 STATS tells of one endpoint. Thread-safe. */
final class EndpointStats {
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final AtomicLong processingNanos = new AtomicLong();
  private final AtomicReference<String> lastError = new AtomicReference<>("");

  void answered(long nanos) {
    requests.increment();
    processingNanos.addAndGet(nanos);
  }

  void failed(String error, long nanos) {
    answered(nanos);
    errors.increment();
    lastError.set(error);
  }

  void shed() {
    requests.increment();
    errors.increment();
    shed.increment();
    lastError.set("RESOURCE_EXHAUSTED");
  }

  long requests() {
    return requests.sum();
  }

  long errors() {
    return errors.sum();
  }

  long shedCount() {
    return shed.sum();
  }

  long processingNanos() {
    return processingNanos.get();
  }

  String lastError() {
    return lastError.get();
  }
}
