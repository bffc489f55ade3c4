package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.metrics.Counter;
import io.bodybroker.sdk.metrics.Metrics;
import java.util.concurrent.atomic.LongAdder;

/** What the streams of one served method tell. Thread-safe. */
public final class StreamMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Metrics metrics;
  private final Operation operation;
  private final Counter messages;
  private final Counter stalls;
  private final LongAdder stalledNanos = new LongAdder();

  StreamMeters(Metrics metrics, Operation operation) {
    this.metrics = metrics;
    this.operation = operation;
    this.messages = metrics.counter(RpcMetrics.STREAM_MESSAGES, operation.labels());
    this.stalls = metrics.counter(RpcMetrics.STREAM_STALLS, operation.labels());
    metrics.observe(
        RpcMetrics.STREAM_STALL_SECONDS,
        () -> stalledNanos.sum() / NANOS_PER_SECOND,
        operation.labels());
    for (StreamEnd reason : StreamEnd.values()) {
      ends(reason);
    }
  }

  /** A message was sent. */
  public void sent() {
    messages.increment();
  }

  /** A message had to wait for the reader to grant credit. */
  public void stalled(long nanos) {
    stalls.increment();
    stalledNanos.add(nanos);
  }

  /** A stream is over. */
  public void ended(StreamEnd reason) {
    ends(reason).increment();
  }

  private Counter ends(StreamEnd reason) {
    return metrics.counter(RpcMetrics.STREAM_ENDS, operation.labels(reason.label()));
  }
}
