package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Metrics;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;

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

  private void observe(
      String name, String label, String subject, String id, int size, Consumer<Context> publish) {
    var span =
        tracer
            .spanBuilder(name)
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute(Attribute.MESSAGING_SYSTEM, Attribute.NATS)
            .setAttribute(Attribute.DESTINATION, subject)
            .setAttribute(Attribute.OPERATION_NAME, PUBLISH)
            .setAttribute(Attribute.OPERATION_TYPE, "send")
            .setAttribute(Attribute.MESSAGE_ID, id)
            .setAttribute(Attribute.BODY_SIZE, (long) size)
            .startSpan();
    String code = ErrorCode.UNKNOWN.name();
    try {
      publish.accept(Context.current().with(span));
      code = Outcome.OK;
    } catch (ServiceException e) {
      code = e.code().name();
      throw e;
    } finally {
      if (!code.equals(Outcome.OK)) {
        span.setAttribute(Attribute.ERROR_TYPE, code).setStatus(StatusCode.ERROR);
      }
      metrics.counter(RpcMetrics.SENT, label, code).increment();
      span.end();
    }
  }
}
