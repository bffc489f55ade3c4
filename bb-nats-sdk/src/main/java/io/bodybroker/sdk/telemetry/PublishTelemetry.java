package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Metrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Observes events being published: a span of kind producer, by OpenTelemetry's conventions for
 * messaging, whose context travels with the event; and a count. Thread-safe.
 */
public final class PublishTelemetry {
  private static final String PUBLISH = "publish";

  /** The label of a subject that somebody asked for: it may be any. */
  private static final String FREE = "_OTHER";

  private final Tracer tracer;
  private final Metrics metrics;

  PublishTelemetry(Tracer tracer, Metrics metrics) {
    this.tracer = tracer;
    this.metrics = metrics;
  }

  /** Publishes on a subject that a contract declares. */
  public void declared(String subject, String id, int size, Consumer<Context> publish) {
    observe(PUBLISH + " " + subject, subject, subject, id, size, publish);
  }

  /** Publishes on a subject that comes from elsewhere, so it names neither span nor series. */
  public void free(String subject, String id, int size, Consumer<Context> publish) {
    observe(PUBLISH, FREE, subject, id, size, publish);
  }

  /**
   * As {@link #declared}, for what comes back before it is published.
   *
   * @return what {@code publish} returns
   */
  public CompletableFuture<Void> declaredAsync(
      String subject, String id, int size, Function<Context, CompletableFuture<Void>> publish) {
    Span span = begin(PUBLISH + " " + subject, subject, id, size);
    return publish
        .apply(Context.current().with(span))
        .whenComplete((done, failure) -> end(span, subject, code(failure)));
  }

  private void observe(
      String name, String label, String subject, String id, int size, Consumer<Context> publish) {
    Span span = begin(name, subject, id, size);
    String code = ErrorCode.UNKNOWN.name();
    try {
      publish.accept(Context.current().with(span));
      code = Outcome.OK;
    } catch (ServiceException e) {
      code = e.code().name();
      throw e;
    } finally {
      end(span, label, code);
    }
  }

  private Span begin(String name, String subject, String id, int size) {
    return tracer
        .spanBuilder(name)
        .setSpanKind(SpanKind.PRODUCER)
        .setAttribute(Attribute.MESSAGING_SYSTEM, Attribute.NATS)
        .setAttribute(Attribute.DESTINATION, subject)
        .setAttribute(Attribute.OPERATION_NAME, PUBLISH)
        .setAttribute(Attribute.OPERATION_TYPE, "send")
        .setAttribute(Attribute.MESSAGE_ID, id)
        .setAttribute(Attribute.BODY_SIZE, (long) size)
        .startSpan();
  }

  private void end(Span span, String label, String code) {
    if (!code.equals(Outcome.OK)) {
      span.setAttribute(Attribute.ERROR_TYPE, code).setStatus(StatusCode.ERROR);
    }
    metrics.counter(RpcMetrics.SENT, label, code).increment();
    span.end();
  }

  private static String code(@Nullable Throwable failure) {
    if (failure == null) {
      return Outcome.OK;
    }
    return failure instanceof ServiceException error
        ? error.code().name()
        : ErrorCode.UNKNOWN.name();
  }
}
