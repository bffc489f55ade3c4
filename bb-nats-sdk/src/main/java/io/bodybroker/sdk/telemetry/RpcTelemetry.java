package io.bodybroker.sdk.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;

/**
 * Observes calls: a span, a duration and an outcome for each, on both sides.
 *
 * <p>Trace context always travels as W3C {@code traceparent} and {@code tracestate}, since that is
 * the wire protocol, whatever propagators an application has configured for its other traffic.
 * Thread-safe.
 */
public final class RpcTelemetry {
  private static final TextMapPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();
  static final String SCOPE = "io.bodybroker.sdk";
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("rpc.service");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");

  private final Tracer tracer;
  private final RpcMeters clientMeters;
  private final RpcMeters serverMeters;

  /** Observes into an OpenTelemetry instance; {@code GlobalOpenTelemetry.get()} in production. */
  public RpcTelemetry(OpenTelemetry openTelemetry) {
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.clientMeters = new RpcMeters("client", openTelemetry);
    this.serverMeters = new RpcMeters("server", openTelemetry);
  }

  /** Begins the observation of a call we make, under the current context. */
  public Observation clientCall(Operation operation) {
    return begin(operation, SpanKind.CLIENT, Context.current(), clientMeters);
  }

  /** Begins the observation of a call we serve, under the context that came with it. */
  public <C> Observation serverCall(Operation operation, C carrier, TextMapGetter<C> getter) {
    Context parent = PROPAGATOR.extract(Context.root(), carrier, getter);
    return begin(operation, SpanKind.SERVER, parent, serverMeters);
  }

  /** Writes the trace context into what travels. */
  public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
    PROPAGATOR.inject(context, carrier, setter);
  }

  private Observation begin(Operation operation, SpanKind kind, Context parent, RpcMeters meters) {
    var span =
        tracer
            .spanBuilder(operation.fullName())
            .setSpanKind(kind)
            .setParent(parent)
            .setAttribute(SYSTEM, "nats")
            .setAttribute(SERVICE, operation.service())
            .setAttribute(METHOD, operation.method())
            .startSpan();
    return new Observation(operation, span, parent.with(span), meters);
  }
}
