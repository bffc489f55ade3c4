package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.deadletter.DeadLetterFilter;
import io.bodybroker.sdk.deadletter.Redrive;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.event.EventHandler;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.telemetry.JsonLogFormatter;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.PrometheusText;
import io.bodybroker.testkit.TestServers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What consumers tell, by OpenTelemetry's semantic conventions for messaging and as metrics. */
@TestServers(scope = TestServers.Scope.METHOD)
class EventTracesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String PROCESS = "process evt.echo.echoed.v1";
  private static final ConsumerSpec<Echoed> READER =
      ConsumerSpec.builder("reader", Echoed.getDefaultInstance())
          .backoff(Duration.ofMillis(20), Duration.ofMillis(50))
          .attempts(3)
          .build();

  private final NatsServer nats;
  private final AtomicReference<@Nullable ServiceContext> wired = new AtomicReference<>();

  EventTracesTest(NatsServer nats) {
    this.nats = nats;
  }

  /** A service that publishes an event for each request, and consumes it itself. */
  private ObservedEcho start(EventHandler<Echoed> handler) throws InterruptedException {
    return new ObservedEcho(
        RunningEcho.config(nats.url()).name("tracer").build(),
        context -> {
          wired.set(context);
          context.serve(new TestEcho(request -> echo(context, request)));
          context.consume(READER, handler);
        });
  }

  private static EchoResponse echo(ServiceContext context, EchoRequest request) {
    if (!request.getText().equals("quiet")) {
      context
          .events()
          .publish(
              Echoed.newBuilder().setText(request.getText()).build(), "echo:" + request.getText());
    }
    return EchoResponse.getDefaultInstance();
  }

  private ServiceContext context() {
    return java.util.Objects.requireNonNull(wired.get());
  }

  private static void ask(ObservedEcho running, String text, String requestId) {
    EchoClient.on(running.bus)
        .echo(
            EchoRequest.newBuilder().setText(text).build(),
            CallOptions.timeout(BOUND)
                .withMetadata(CallMetadata.builder().requestId(requestId).build()));
  }

  private static List<SpanData> spans(ObservedEcho running, String name, int count) {
    return Await.untilSeen(
        BOUND,
        count + " spans " + name,
        () ->
            running.spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList(),
        seen -> seen.size() == count);
  }

  private static @Nullable String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }

  @Test
  void goesOnWithTheTraceAndTheRequestThatPublishedTheEvent() throws Exception {
    var lines = new CopyOnWriteArrayList<String>();
    var seenByCallee = new CopyOnWriteArrayList<String>();
    EventHandler<Echoed> handler =
        (event, delivery) -> {
          lines.add(new JsonLogFormatter().format(new LogRecord(Level.INFO, "handled")));
          EchoResponse answer =
              EchoClient.on(context().caller())
                  .echo(EchoRequest.newBuilder().setText("quiet").build());
          seenByCallee.add(answer.getRequestId());
        };
    try (var running = start(handler)) {
      ask(running, "hello", "req 1/ü");

      SpanData process = spans(running, PROCESS, 1).getFirst();
      SpanData publish = spans(running, "publish evt.echo.echoed.v1", 1).getFirst();
      assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
      assertThat(process.getTraceId()).isEqualTo(publish.getTraceId());
      assertThat(process.getParentSpanId()).isEqualTo(publish.getSpanId());
      assertThat(process.getStatus()).isEqualTo(StatusData.unset());
      assertThat(text(process, "messaging.system")).isEqualTo("nats");
      assertThat(text(process, "messaging.destination.name")).isEqualTo("evt.echo.echoed.v1");
      assertThat(text(process, "messaging.consumer.group.name")).isEqualTo("reader");
      assertThat(text(process, "messaging.operation.name")).isEqualTo("process");
      assertThat(text(process, "messaging.operation.type")).isEqualTo("process");
      assertThat(text(process, "messaging.message.id")).isEqualTo("echo:hello");
      assertThat(seenByCallee).containsExactly("req 1/ü");
      assertThat(lines.getFirst())
          .contains("\"trace_id\":\"" + publish.getTraceId() + "\"")
          .contains("\"span_id\":\"" + process.getSpanId() + "\"")
          .contains("\"request_id\":\"req 1/ü\"");
    }
  }

  private static void failForGood(Echoed event, Delivery delivery) {
    if (delivery.redrives() > 0) {
      return;
    }
    throw ServiceException.of(
        delivery.attempt() == 1 ? ErrorCode.UNAVAILABLE : ErrorCode.FAILED_PRECONDITION, "no");
  }

  @Test
  void measuresEachAttemptAndLinksWhatComesBackFromTheDeadLetters() throws Exception {
    try (var running = start(EventTracesTest::failForGood)) {
      ask(running, "hello", "req-1");
      List<SpanData> attempts = spans(running, PROCESS, 2);
      assertThat(attempts)
          .extracting(span -> text(span, "error.type"))
          .containsExactly("UNAVAILABLE", "FAILED_PRECONDITION");
      assertThat(attempts)
          .extracting(SpanData::getStatus)
          .containsOnly(StatusData.create(StatusCode.ERROR, "no"));
      Await.until(BOUND, "a letter", () -> count(running, "dead_letters_total") == 1);
      running
          .host
          .bus()
          .deadLetters()
          .redrive(DeadLetterFilter.all(), new Redrive(0, false), (letter, outcome) -> {});

      SpanData redriven = spans(running, PROCESS, 3).getLast();
      assertThat(redriven.getTraceId()).isNotEqualTo(attempts.getFirst().getTraceId());
      assertThat(redriven.getLinks())
          .extracting(link -> link.getSpanContext().getTraceId())
          .containsExactly(attempts.getFirst().getTraceId());
      PrometheusText page = running.served();
      assertThat(processed(page, "reader_redriven", "OK")).isEqualTo(1);
      assertThat(processed(page, "reader", "UNAVAILABLE")).isEqualTo(1);
      assertThat(processed(page, "reader", "FAILED_PRECONDITION")).isEqualTo(1);
      assertThat(page.sum("messaging_redeliveries_total", "consumer", "reader")).isEqualTo(1);
      assertThat(page.sum("dead_letters_total", "work", "reader", "code", "FAILED_PRECONDITION"))
          .isEqualTo(1);
    }
  }

  private static double processed(PrometheusText page, String consumer, String code) {
    return page.sum("messaging_process_duration_seconds_count", "consumer", consumer, "code", code);
  }

  private static double count(ObservedEcho running, String metric) {
    return running.served().sum(metric);
  }

  @Test
  void tellsHowMuchIsAtWorkAndHowFarBehindItIs() throws Exception {
    var gate = new CountDownLatch(1);
    EventHandler<Echoed> handler =
        (event, delivery) -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (var publisher = io.bodybroker.sdk.Bus.connect(RunningEcho.config(nats.url()).build())) {
      assertThat(publisher.awaitConnected(BOUND)).isTrue();
      for (int i = 0; i < 100; i++) {
        publisher.events().publish(Echoed.newBuilder().setText("" + i).build(), "echo:" + i);
      }
    }
    try (var running = start(handler)) {
      Await.until(
          BOUND,
          "16 at work",
          () -> running.served().sum("messaging_process_in_flight", "consumer", "reader") == 16);
      Await.untilSeen(
          BOUND,
          "all that is not done",
          () ->
              running.served().sum("messaging_consumer_pending_messages", "stream", "ECHO")
                  + running.served().sum("messaging_consumer_ack_pending_messages"),
          behind -> behind == 100);
      Await.untilSeen(
          BOUND, "the queue", () -> count(running, "dead_letter_queue_letters"), n -> n == 0);
      gate.countDown();
    }
  }
}
