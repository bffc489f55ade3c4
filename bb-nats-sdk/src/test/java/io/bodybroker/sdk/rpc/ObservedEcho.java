package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.testkit.PrometheusText;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;

/** A host and a bus of another program, both observed by one OpenTelemetry SDK. */
final class ObservedEcho implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  final InMemorySpanExporter spans = InMemorySpanExporter.create();
  final InMemoryMetricReader measurements = InMemoryMetricReader.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(measurements).build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();
  final ServiceHost host;
  final Bus bus;

  ObservedEcho(BusConfig config, ServiceModule module) throws InterruptedException {
    this.host = ServiceHost.builder(module).config(config).openTelemetry(telemetry).start();
    this.bus = Bus.connect(config.toBuilder().name("caller").build(), telemetry);
    if (!host.awaitReady(BOUND) || !bus.awaitConnected(BOUND)) {
      close();
      throw new AssertionError("not ready within " + BOUND);
    }
  }

  PrometheusText served() {
    return PrometheusText.parse(host.bus().metrics().text());
  }

  PrometheusText called() {
    return PrometheusText.parse(bus.metrics().text());
  }

  @Override
  public void close() {
    bus.close();
    host.close();
    telemetry.close();
  }
}
