package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.metrics.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes calls: a span, a duration and an outcome for each, on both sides, and what is published.
 *
 * <p>Trace context always travels as W3C {@code traceparent} and {@code tracestate}, since that is
 * the wire protocol, whatever propagators an application has configured for its other traffic.
 * Thread-safe.
 */
public final class RpcTelemetry {
  private static final TextMapPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();
  static final String SCOPE = "io.bodybroker.sdk";

  private final Tracer tracer;
  private final boolean isTracing;
  private final Metrics metrics;
  private final MethodMeters called;
  private final MethodMeters served;
  private final PublishTelemetry publishing;
  private final OpenTelemetry openTelemetry;
  private final Map<String, ConsumerTelemetry> consumers = new ConcurrentHashMap<>();
  private final Map<Operation, LongAdder> openStreams = new ConcurrentHashMap<>();

  /** Observes into an OpenTelemetry instance and into metrics of its own. */
  public RpcTelemetry(OpenTelemetry openTelemetry) {
    this(openTelemetry, new Metrics());
  }

  /**
   * Observes into an OpenTelemetry instance, {@code GlobalOpenTelemetry.get()} in production, and
   * into metrics.
   */
  public RpcTelemetry(OpenTelemetry openTelemetry, Metrics metrics) {
    this.openTelemetry = openTelemetry;
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.isTracing = !openTelemetry.getTracerProvider().equals(TracerProvider.noop());
    this.metrics = metrics;
    this.called =
        new MethodMeters(RpcMetrics.CALLED, metrics, openTelemetry, "rpc.client.call.duration");
    this.served =
        new MethodMeters(RpcMetrics.SERVED, metrics, openTelemetry, "rpc.server.call.duration");
    this.publishing = new PublishTelemetry(tracer, metrics);
  }

  /** Where it counts. */
  public Metrics metrics() {
    return metrics;
  }

  /** Begins the observation of a call we make, under the current context. */
  public Observation clientCall(Operation operation) {
    return clientCall(operation, null);
  }

  /** Begins the observation of a stream we read, as long as it lasts. */
  public Observation clientStream(Operation operation) {
    return clientCall(operation, openStreams.computeIfAbsent(operation, this::countOpen));
  }

  private Observation clientCall(Operation operation, @Nullable LongAdder open) {
    Context parent = Context.current();
    CallMeters meters = called.of(operation);
    if (!isTracing) {
      return new Observation(Span.getInvalid(), parent, meters, System.nanoTime(), open);
    }
    var span = clientSpan(operation, parent).startSpan();
    return new Observation(span, parent.with(span), meters, System.nanoTime(), open);
  }

  private LongAdder countOpen(Operation operation) {
    var open = new LongAdder();
    metrics.observe(RpcMetrics.CLIENT_STREAMS, open::sum, operation.labels());
    return open;
  }

  /**
   * Begins the observation of a call we serve, under the context that came with it. Its span begins
   * now, its duration with the request.
   *
   * @param endpoint of the method that is called
   * @param arrivedNanos when the request came, by {@link System#nanoTime()}
   */
  public <C> Observation serverCall(
      EndpointMeters endpoint, long arrivedNanos, C carrier, TextMapGetter<C> getter) {
    Context parent = PROPAGATOR.extract(Context.root(), carrier, getter);
    CallMeters meters = endpoint.calls();
    if (!isTracing) { // who calls and whom we call may trace
      return new Observation(Span.getInvalid(), parent, meters, arrivedNanos, null);
    }
    var span = span(endpoint.operation(), SpanKind.SERVER, parent).startSpan();
    return new Observation(span, parent.with(span), meters, arrivedNanos, null);
  }

  /**
   * What a method that is served tells beside its calls' observations.
   *
   * @param inFlight how many requests are at work now
   * @param limit at most how many may be
   */
  public EndpointMeters endpoint(Operation operation, IntSupplier inFlight, int limit) {
    metrics.observe(RpcMetrics.IN_FLIGHT, inFlight::getAsInt, operation.labels());
    metrics.observe(RpcMetrics.LIMIT, () -> limit, operation.labels());
    return new EndpointMeters(metrics, operation, served.of(operation));
  }

  /** What the streams of a method that is served tell. */
  public StreamMeters streams(Operation operation) {
    return new StreamMeters(metrics, operation);
  }

  /** Observes what is published. */
  public PublishTelemetry publishing() {
    return publishing;
  }

  /** Observes a durable consumer; the same one for the same stream and name. */
  public ConsumerTelemetry consumer(String stream, String name) {
    return consumers.computeIfAbsent(
        stream + "/" + name,
        absent -> new ConsumerTelemetry(tracer, metrics, openTelemetry, stream, name));
  }

  /** Whether there is a trace context that {@link #inject} would write. */
  public static boolean isTraced(Context context) {
    return Span.fromContext(context).getSpanContext().isValid();
  }

  /** Writes the trace context into what travels. */
  public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
    PROPAGATOR.inject(context, carrier, setter);
  }

  /** All instances of a service are one server to its callers, under its name on the wire. */
  private SpanBuilder clientSpan(Operation operation, Context parent) {
    return span(operation, SpanKind.CLIENT, parent)
        .setAttribute(Attribute.SERVER_ADDRESS, operation.service());
  }

  private SpanBuilder span(Operation operation, SpanKind kind, Context parent) {
    return tracer
        .spanBuilder(operation.fullName())
        .setSpanKind(kind)
        .setParent(parent)
        .setAttribute(Attribute.RPC_SYSTEM, Attribute.NATS)
        .setAttribute(Attribute.RPC_METHOD, operation.fullName());
  }
}
