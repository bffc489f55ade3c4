package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.PrometheusText;
import io.bodybroker.testkit.TestServers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One trace from an HTTP client through the gateway to a service, and on to the next. */
@TestServers(jetStream = false)
class TracingTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String DURATION = "http_server_request_duration_seconds";
  private static final String CLIENT_SPAN = "b7ad6b7169203331";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();
  private RunningGateway running;

  @BeforeEach
  void start(NatsServer nats) {
    running = RunningGateway.start(nats.url(), telemetry, UnaryOperator.identity()).serve();
    spans.reset();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
    telemetry.close();
  }

  @Test
  void makesOneTraceOfGatewayServiceAndService() throws Exception {
    running.send("POST", "/v1/books/b:lend", "", "traceparent", traceparent());

    List<SpanData> chain = chain(5);
    assertThat(chain)
        .extracting(SpanData::getName)
        .containsExactly(
            "POST /v1/books/{book_id}:lend",
            "bodybroker.gateway.test.v1.Library/LendBook",
            "bodybroker.gateway.test.v1.Library/LendBook",
            "bodybroker.gateway.test.v1.Library/GetBook",
            "bodybroker.gateway.test.v1.Library/GetBook");
    assertThat(chain)
        .extracting(SpanData::getKind)
        .containsExactly(
            SpanKind.SERVER, SpanKind.CLIENT, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.SERVER);
    assertThat(chain).extracting(SpanData::getTraceId).containsOnly(TRACE);
  }

  @Test
  void saysWhatWasAskedAndWhatCameOfIt() throws Exception {
    running.get("/v1/books/b?shelfId=secret", "traceparent", traceparent());

    SpanData span = chain(3).getFirst();
    assertThat(span.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("http.request.method"), "GET")
        .containsEntry(AttributeKey.stringKey("http.route"), "/v1/books/{book_id}")
        .containsEntry(AttributeKey.stringKey("url.path"), "/v1/books/b")
        .containsEntry(AttributeKey.longKey("http.response.status_code"), 200L);
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
  }

  @Test
  void marksFailuresOfOursButNotThoseOfClients() throws Exception {
    running.get("/v1/books/broken", "traceparent", traceparent());
    assertThat(chain(3).getFirst().getStatus()).isEqualTo(StatusData.error());

    spans.reset();
    running.get("/v1/books/NOT_FOUND", "traceparent", traceparent());
    assertThat(chain(3).getFirst().getStatus()).isEqualTo(StatusData.unset());
  }

  @Test
  void measuresRequestsByRouteNotByPath() throws Exception {
    running.get("/v1/books/b1");
    running.get("/v1/books/b2");
    running.get("/v1/nope");

    Await.untilAsserted(
        BOUND,
        "two routes measured",
        () ->
            assertThat(metrics.collectAllMetrics())
                .filteredOn(metric -> metric.getName().equals("http.server.request.duration"))
                .flatExtracting(TracingTest::routes)
                .contains("/v1/books/{book_id}: 2", "null: 1"));
    PrometheusText page = running.metrics();
    assertThat(page.sum(DURATION + "_count", "method", "GET", "route", "/v1/books/{book_id}"))
        .isEqualTo(2);
    assertThat(page.sum(DURATION + "_count", "route", "_OTHER", "status", "404")).isPositive();
    assertThat(page.samples())
        .extracting(sample -> sample.labels().getOrDefault("route", ""))
        .as("a path of a client")
        .doesNotContain("/v1/books/b1", "/v1/nope");
  }

  private static List<String> routes(MetricData metric) {
    return metric.getHistogramData().getPoints().stream()
        .map(point ->
            point.getAttributes().get(AttributeKey.stringKey("http.route"))
                + ": "
                + point.getCount())
        .toList();
  }

  private static String traceparent() {
    return "00-" + TRACE + "-" + CLIENT_SPAN + "-01";
  }

  /**
   * The spans of the trace, each the child of the one before. A span ends after its answer; and on
   * a busy machine a call may be tried twice, of which one is enough.
   */
  private List<SpanData> chain(int length) {
    return Await.untilSeen(
        BOUND, "a chain of " + length + " spans", this::chain, seen -> seen.size() == length);
  }

  private List<SpanData> chain() {
    var chain = new ArrayList<SpanData>();
    var next = childOf(CLIENT_SPAN);
    while (next.isPresent()) {
      chain.add(next.get());
      next = childOf(next.get().getSpanId());
    }
    return chain;
  }

  private Optional<SpanData> childOf(String parent) {
    return ofTheTrace().stream().filter(span -> span.getParentSpanId().equals(parent)).findFirst();
  }

  private List<SpanData> ofTheTrace() {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(TRACE))
        .toList();
  }
}
