package io.bodybroker.bench.telemetry;

import io.bodybroker.bench.rpc.SdkRpc;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;

/**
 * The SDK with OpenTelemetry's, as its documentation recommends for production: a sampler that does
 * as the caller did, spans in batches, metrics once a minute. Exporters drop what they get, so what
 * is measured is this process and not a collector.
 */
public class TracedRpc extends SdkRpc {
  /** Every call is traced. */
  public static final class All extends TracedRpc {
    /** All. */
    public All() {
      super(1);
    }
  }

  /** One of a hundred is. */
  public static final class Few extends TracedRpc {
    static final double SHARE = 0.01;

    /** Few. */
    public Few() {
      super(SHARE);
    }
  }

  /** An exporter to none. */
  private static final SpanExporter NOWHERE = SpanExporter.composite();

  private final double share;

  TracedRpc(double share) {
    this.share = share;
  }

  @Override
  protected OpenTelemetry openTelemetry() {
    return openTelemetry(share);
  }

  /**
   * OpenTelemetry's SDK.
   *
   * @param share of all traces that is recorded
   */
  static OpenTelemetrySdk openTelemetry(double share) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                .addSpanProcessor(BatchSpanProcessor.builder(NOWHERE).build())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.create(new DroppedMetrics()))
                .build())
        .build();
  }

  private static final class DroppedMetrics implements MetricExporter {
    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
