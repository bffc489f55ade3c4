package io.bodybroker.gateway.http;

import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.telemetry.RequestIds;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A span and a duration for each request, by OpenTelemetry's HTTP semantic conventions. The
 * client's {@code traceparent} is the parent; the call that follows becomes a child by itself,
 * because the span is current. Thread-safe.
 */
final class HttpTelemetry {
  private static final String SCOPE = "io.bodybroker.gateway";
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("user_agent.original");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("client.address");
  private static final Metric DURATION =
      Metric.histogram(
          "http_server_request_duration_seconds",
          "How long HTTP requests took, streams until their end",
          "method",
          "route",
          "status");

  /** The label of what has no route, or no method that HTTP knows. */
  private static final String OTHER = "_OTHER";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE");

  /** What W3C Trace Context reads. */
  private static final Map<String, HeaderName> HEADERS =
      Map.of(
          "traceparent", HeaderNames.create("traceparent"),
          "tracestate", HeaderNames.create("tracestate"));

  private static final TextMapGetter<ServerRequestHeaders> GETTER =
      new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // still abstract in the version that users may have
        public Iterable<String> keys(ServerRequestHeaders headers) {
          return HEADERS.keySet();
        }

        @Override
        public @Nullable String get(@Nullable ServerRequestHeaders headers, String key) {
          var name = HEADERS.get(key);
          return headers == null || name == null ? null : headers.first(name).orElse(null);
        }
      };

  private final Tracer tracer;
  private final DoubleHistogram durations;
  private final Metrics metrics;

  HttpTelemetry(OpenTelemetry openTelemetry, Metrics metrics) {
    this.metrics = metrics;
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.durations =
        openTelemetry
            .getMeter(SCOPE)
            .histogramBuilder("http.server.request.duration")
            .setUnit("s")
            .setDescription("Duration of HTTP server requests.")
            .setExplicitBucketBoundariesAdvice(
                List.of(
                    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5,
                    10.0))
            .build();
  }

  /** Begins the observation of a request. */
  Observed begin(ServerRequest request, String client, String requestId) {
    var parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request.headers(), GETTER);
    String given = request.prologue().method().text();
    String method = METHODS.contains(given) ? given : OTHER; // a name from outside is no label
    var span =
        tracer
            .spanBuilder(method)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, method)
            .setAttribute(SCHEME, "http")
            .setAttribute(PATH, request.prologue().uriPath().rawPath())
            .setAttribute(PEER, client)
            .startSpan();
    request
        .headers()
        .first(HeaderNames.USER_AGENT)
        .ifPresent(agent -> span.setAttribute(AGENT, agent));
    return new Observed(span, RequestIds.put(parent.with(span), requestId), method);
  }

  /** One request under observation. Not thread-safe. */
  final class Observed {
    private final Span span;
    private final Context context;
    private final String method;
    private final long begin = System.nanoTime();
    private String route = "";

    private Observed(Span span, Context context, String method) {
      this.span = span;
      this.context = context;
      this.method = method;
    }

    /** What the request's thread should have as its current context. */
    Context context() {
      return context;
    }

    /** The route was found. */
    void route(String template) {
      this.route = template;
      span.updateName(method + " " + template).setAttribute(ROUTE, template);
    }

    /** It is over. */
    void end(int status) {
      var attributes =
          Attributes.builder().put(METHOD, method).put(SCHEME, "http").put(STATUS, (long) status);
      if (!route.isEmpty()) {
        attributes.put(ROUTE, route);
      }
      if (status >= 500) {
        attributes.put(ERROR_TYPE, String.valueOf(status));
        span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, String.valueOf(status));
      }
      span.setAttribute(STATUS, (long) status).end();
      long nanos = System.nanoTime() - begin;
      durations.record(nanos / 1e9, attributes.build(), context);
      metrics
          .histogram(DURATION, method, route.isEmpty() ? OTHER : route, String.valueOf(status))
          .record(nanos);
    }
  }
}
