package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.metrics.Counter;
import io.bodybroker.sdk.metrics.Histogram;
import io.bodybroker.sdk.metrics.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Observes what one durable consumer does: each attempt at an event is a span of kind consumer, by
 * OpenTelemetry's conventions for messaging, and a duration; and how far behind it is, as it was
 * last seen. Thread-safe.
 *
 * <p>An attempt is part of the trace that the event was published in. One that comes back from the
 * dead-letter queue, perhaps days later, is a trace of its own with a link to that one.
 */
public final class ConsumerTelemetry {
  private static final String PROCESS = "process";
  private static final double NANOS_PER_SECOND = 1e9;

  /** What was seen longer ago says nothing any more: the figures are then unknown. */
  private static final Duration STALE = Duration.ofMinutes(1);

  private static final TextMapGetter<Map<String, String>> GETTER =
      (headers, key) -> headers == null ? null : headers.get(key);

  private record Position(long pending, long ackPending, long atNanos) {}

  private final Tracer tracer;
  private final Metrics metrics;
  private final DoubleHistogram openTelemetry;
  private final String stream;
  private final String consumer;
  private final Counter redeliveries;
  private final LongAdder inFlight = new LongAdder();
  private volatile @Nullable Position position;
  private volatile boolean isConsuming;

  ConsumerTelemetry(
      Tracer tracer, Metrics metrics, OpenTelemetry openTelemetry, String stream, String consumer) {
    this.tracer = tracer;
    this.metrics = metrics;
    this.openTelemetry =
        openTelemetry
            .getMeter(RpcTelemetry.SCOPE)
            .histogramBuilder("messaging.process.duration")
            .setUnit("s")
            .setDescription(ConsumerMetrics.PROCESSED.help())
            .setExplicitBucketBoundariesAdvice(Histogram.BOUNDARIES)
            .build();
    this.stream = stream;
    this.consumer = consumer;
    this.redeliveries = metrics.counter(ConsumerMetrics.REDELIVERIES, stream, consumer);
    var unused = metrics.histogram(ConsumerMetrics.PROCESSED, stream, consumer, Outcome.OK);
    metrics.observe(ConsumerMetrics.IN_FLIGHT, inFlight::sum, stream, consumer);
    metrics.observe(ConsumerMetrics.UP, () -> isConsuming ? 1 : 0, stream, consumer);
    metrics.observe(ConsumerMetrics.PENDING, () -> seen(Position::pending), stream, consumer);
    metrics.observe(
        ConsumerMetrics.ACK_PENDING, () -> seen(Position::ackPending), stream, consumer);
  }

  private double seen(ToDoubleFunction<Position> figure) {
    Position last = position;
    boolean isKnown = last != null && System.nanoTime() - last.atNanos() < STALE.toNanos();
    return isKnown ? figure.applyAsDouble(last) : Double.NaN;
  }

  /** Whether it is connected to its consumer on the server. */
  public void consuming(boolean value) {
    isConsuming = value;
  }

  /**
   * How far behind it is, all instances together.
   *
   * @param pending events that were not delivered yet
   * @param ackPending events that were delivered and are not done
   */
  public void position(long pending, long ackPending) {
    position = new Position(pending, ackPending, System.nanoTime());
  }

  /** An attempt begins. */
  public Processed begin(Arrival arrival) {
    if (arrival.attempt() > 1) {
      redeliveries.increment();
    }
    inFlight.increment();
    Context published =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), arrival.headers(), GETTER);
    boolean isRedriven = arrival.redrives() > 0;
    Context parent = isRedriven ? Context.root() : published;
    SpanBuilder span =
        tracer
            .spanBuilder(PROCESS + " " + arrival.subject())
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(parent)
            .setAttribute(Attribute.MESSAGING_SYSTEM, Attribute.NATS)
            .setAttribute(Attribute.DESTINATION, arrival.subject())
            .setAttribute(Attribute.CONSUMER_GROUP, consumer)
            .setAttribute(Attribute.OPERATION_NAME, PROCESS)
            .setAttribute(Attribute.OPERATION_TYPE, PROCESS)
            .setAttribute(Attribute.MESSAGE_ID, arrival.id())
            .setAttribute(Attribute.BODY_SIZE, (long) arrival.bytes())
            .setAttribute(Attribute.ATTEMPT, (long) arrival.attempt());
    if (isRedriven) {
      span.addLink(Span.fromContext(published).getSpanContext());
    }
    Span begun = span.startSpan();
    Context context = parent.with(begun);
    return new Processed(
        this, begun, arrival.requestId().map(id -> RequestIds.put(context, id)).orElse(context));
  }

  void ended(String code, long nanos) {
    inFlight.decrement();
    metrics.histogram(ConsumerMetrics.PROCESSED, stream, consumer, code).record(nanos);
    openTelemetry.record(nanos / NANOS_PER_SECOND, attributes(code));
  }

  private Attributes attributes(String code) {
    var attributes =
        Attributes.builder()
            .put(Attribute.MESSAGING_SYSTEM, Attribute.NATS)
            .put(Attribute.CONSUMER_GROUP, consumer)
            .put(Attribute.OPERATION_NAME, PROCESS);
    if (!code.equals(Outcome.OK)) {
      attributes.put(Attribute.ERROR_TYPE, code);
    }
    return attributes.build();
  }
}
