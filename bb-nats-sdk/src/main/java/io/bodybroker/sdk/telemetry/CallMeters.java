package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.metrics.Histogram;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The durations of one method's calls by how they ended, for {@code /metrics} and for
 * OpenTelemetry. Thread-safe; recording makes no garbage, and of calls that succeed it looks
 * nothing up.
 */
final class CallMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Both instruments of one outcome. */
  private record Series(Histogram histogram, DoubleHistogram openTelemetry, Attributes attributes) {
    void record(long nanos) {
      histogram.record(nanos);
      openTelemetry.record(nanos / NANOS_PER_SECOND, attributes);
    }
  }

  private final Metric metric;
  private final Metrics metrics;
  private final Operation operation;
  private final Supplier<DoubleHistogram> openTelemetry;

  /** By code, made when first seen. */
  private final Map<String, Series> byCode = new ConcurrentHashMap<>();

  /** The one of nearly all calls, which is then found without looking; null before the first. */
  private volatile @Nullable Series ok;

  CallMeters(
      Metric metric,
      Metrics metrics,
      Operation operation,
      Supplier<DoubleHistogram> openTelemetry) {
    this.metric = metric;
    this.metrics = metrics;
    this.operation = operation;
    this.openTelemetry = openTelemetry;
  }

  void answered(long nanos) {
    Series known = ok;
    if (known == null) {
      known = of(Outcome.OK, false);
      ok = known;
    }
    known.record(nanos);
  }

  void failed(ErrorCode code, long nanos) {
    of(code.name(), Outcome.isFault(code)).record(nanos);
  }

  private Series of(String code, boolean isFault) {
    Series found = byCode.get(code);
    return found == null ? byCode.computeIfAbsent(code, absent -> create(code, isFault)) : found;
  }

  private Series create(String code, boolean isFault) {
    var attributes =
        Attributes.builder()
            .put(Attribute.RPC_SYSTEM, Attribute.NATS)
            .put(Attribute.RPC_METHOD, operation.fullName())
            .put(Attribute.RPC_STATUS, code);
    if (isFault) {
      attributes.put(Attribute.ERROR_TYPE, code);
    }
    return new Series(
        metrics.histogram(metric, operation.labels(code)), openTelemetry.get(), attributes.build());
  }
}
