package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.metrics.Histogram;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link CallMeters} of one side's methods, made when first asked for. Thread-safe. */
final class MethodMeters {
  private final Metric metric;
  private final Metrics metrics;
  private final OpenTelemetry openTelemetry;
  private final String openTelemetryName;

  /** By the full name, which is enough to tell methods apart, and keeps its hash. */
  private final Map<String, CallMeters> byName = new ConcurrentHashMap<>();

  MethodMeters(
      Metric metric, Metrics metrics, OpenTelemetry openTelemetry, String openTelemetryName) {
    this.metric = metric;
    this.metrics = metrics;
    this.openTelemetry = openTelemetry;
    this.openTelemetryName = openTelemetryName;
  }

  CallMeters of(Operation operation) {
    CallMeters found = byName.get(operation.fullName());
    return found == null
        ? byName.computeIfAbsent(operation.fullName(), absent -> create(operation))
        : found;
  }

  private CallMeters create(Operation operation) {
    return new CallMeters(metric, metrics, operation, this::histogram);
  }

  /** The same one for the same name, by OpenTelemetry's specification. */
  private DoubleHistogram histogram() {
    return openTelemetry
        .getMeter(RpcTelemetry.SCOPE)
        .histogramBuilder(openTelemetryName)
        .setUnit("s")
        .setDescription(metric.help())
        .setExplicitBucketBoundariesAdvice(Histogram.BOUNDARIES)
        .build();
  }
}
