package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Histogram;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.sdk.test.v1.FeedClient;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Spans and measurements by OpenTelemetry's semantic conventions for RPC and messaging. */
@TestServers
class TracesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String ECHO = "bodybroker.sdk.test.v1.Echo/Echo";

  private final NatsServer nats;

  TracesTest(NatsServer nats) {
    this.nats = nats;
  }

  private ObservedEcho start(RpcService... services) throws InterruptedException {
    return new ObservedEcho(
        RunningEcho.config(nats.url()).build(),
        context -> List.of(services).forEach(context::serve));
  }

  private static @Nullable String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }

  private static List<SpanData> spans(ObservedEcho running, int count) {
    return Await.untilSeen(
        BOUND, count + " spans", running.spans::getFinishedSpanItems, seen -> seen.size() == count);
  }

  private static SpanData only(List<SpanData> spans, SpanKind kind) {
    var found = spans.stream().filter(span -> span.getKind() == kind).toList();
    assertThat(found).as(kind + " spans of " + spans).hasSize(1);
    return found.getFirst();
  }

  @Test
  void describesACallOnBothSides() throws Exception {
    try (var running = start(new TestEcho())) {
      EchoClient.on(running.bus).echo(EchoRequest.getDefaultInstance());

      List<SpanData> spans = spans(running, 2);
      SpanData client = only(spans, SpanKind.CLIENT);
      SpanData server = only(spans, SpanKind.SERVER);
      for (SpanData span : spans) {
        assertThat(span.getName()).isEqualTo(ECHO);
        assertThat(text(span, "rpc.system.name")).isEqualTo("nats");
        assertThat(text(span, "rpc.method")).isEqualTo(ECHO);
        assertThat(text(span, "rpc.status_code")).isEqualTo("OK");
        assertThat(text(span, "error.type")).isNull();
        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
      }
      assertThat(text(client, "server.address")).isEqualTo("echo");
      assertThat(server.getParentSpanId()).isEqualTo(client.getSpanId());
      assertThat(server.getTraceId()).isEqualTo(client.getTraceId());
    }
  }

  @Test
  void marksFaultsOfTheSystemButNotAnswersThatAreErrors() throws Exception {
    var echo =
        new TestEcho(request -> {
          throw ServiceException.of(ErrorCode.valueOf(request.getText()), "because");
        });
    try (var running = start(echo)) {
      for (ErrorCode code : List.of(ErrorCode.NOT_FOUND, ErrorCode.INTERNAL)) {
        running.spans.reset();
        assertThatThrownBy(() ->
                EchoClient.on(running.bus)
                    .echo(EchoRequest.newBuilder().setText(code.name()).build()))
            .isInstanceOf(ServiceException.class);

        boolean isFault = code == ErrorCode.INTERNAL;
        for (SpanData span : spans(running, 2)) {
          assertThat(text(span, "rpc.status_code")).isEqualTo(code.name());
          assertThat(text(span, "error.type")).isEqualTo(isFault ? "INTERNAL" : null);
          assertThat(span.getStatus())
              .isEqualTo(
                  isFault ? StatusData.create(StatusCode.ERROR, "because") : StatusData.unset());
        }
      }
    }
  }

  @Test
  void measuresDurationsWithTheSameAttributesAndBuckets() throws Exception {
    try (var running = start(new TestEcho())) {
      EchoClient.on(running.bus).echo(EchoRequest.getDefaultInstance());
      spans(running, 2);

      for (String name : List.of("rpc.client.call.duration", "rpc.server.call.duration")) {
        HistogramPointData point =
            Await.untilSeen(
                BOUND, name, () -> point(running, name), found -> found.getCount() == 1);
        assertThat(point.getBoundaries()).isEqualTo(Histogram.BOUNDARIES);
        assertThat(point.getAttributes().asMap())
            .containsOnly(
                java.util.Map.entry(AttributeKey.stringKey("rpc.system.name"), "nats"),
                java.util.Map.entry(AttributeKey.stringKey("rpc.method"), ECHO),
                java.util.Map.entry(AttributeKey.stringKey("rpc.status_code"), "OK"));
      }
    }
  }

  private static HistogramPointData point(ObservedEcho running, String name) {
    return running.measurements.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getHistogramData().getPoints().stream())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givesAStreamOneSpanASideForAsLongAsItLasts() throws Exception {
    var done = new CountDownLatch(1);
    try (var running = start(new TestFeed("", done::await))) {
      try (var stream =
          FeedClient.on(running.bus).count(CountRequest.newBuilder().setTo(1).build())) {
        assertThat(stream.next()).isPresent();
        assertThat(running.spans.getFinishedSpanItems()).as("ended while it lasts").isEmpty();
        done.countDown();
        assertThat(stream.next()).isEmpty();
      }

      List<SpanData> spans = spans(running, 2);
      SpanData client = only(spans, SpanKind.CLIENT);
      assertThat(client.getName()).isEqualTo("bodybroker.sdk.test.v1.Feed/Count");
      assertThat(only(spans, SpanKind.SERVER).getParentSpanId()).isEqualTo(client.getSpanId());
    }
  }

  @Test
  void carriesTheTraceThroughHandlersAsynchronousCallsAndEvents() throws Exception {
    var bus = new AtomicReference<Bus>();
    var echo =
        new TestEcho(request -> {
          if (request.getText().equals("outer")) {
            var inner = EchoRequest.newBuilder().setText("inner").build();
            bus.get().events().publish(Echoed.getDefaultInstance(), "echo:1");
            EchoClient.on(bus.get()).echoAsync(inner).join();
          }
          return EchoResponse.getDefaultInstance();
        });
    try (var running = start(echo);
        Connection listener = Nats.connect(nats.url())) {
      bus.set(running.bus);
      assertThat(running.bus.connections().connection(ConnectionRole.STORE).awaitUp(BOUND))
          .isTrue();
      var events = listener.subscribe("evt.>");
      listener.flush(BOUND);

      EchoClient.on(running.bus)
          .echoAsync(EchoRequest.newBuilder().setText("outer").build())
          .join();

      List<SpanData> spans = spans(running, 5);
      assertThat(spans)
          .extracting(SpanData::getTraceId)
          .containsOnly(spans.getFirst().getTraceId());
      SpanData published = only(spans, SpanKind.PRODUCER);
      assertThat(published.getName()).isEqualTo("publish evt.echo.echoed.v1");
      assertThat(text(published, "messaging.system")).isEqualTo("nats");
      assertThat(text(published, "messaging.destination.name")).isEqualTo("evt.echo.echoed.v1");
      assertThat(text(published, "messaging.operation.name")).isEqualTo("publish");
      assertThat(text(published, "messaging.operation.type")).isEqualTo("send");
      assertThat(text(published, "messaging.message.id")).isEqualTo("echo:1");
      assertThat(events.nextMessage(BOUND).getHeaders().getFirst("traceparent"))
          .as("the event's own span")
          .contains(published.getTraceId() + "-" + published.getSpanId());
      assertThat(
              running
                  .called()
                  .sum(
                      "messaging_client_sent_messages_total",
                      "destination",
                      "evt.echo.echoed.v1",
                      "code",
                      "OK"))
          .isEqualTo(1);
    }
  }

  @Test
  void namesNoSpanAfterASubjectThatSomebodyAskedFor() throws Exception {
    try (var running = start(new TestEcho())) {
      running.bus.events().publishTo("callback.of.x42", Echoed.getDefaultInstance(), "1");

      SpanData published = spans(running, 1).getFirst();
      assertThat(published.getName()).isEqualTo("publish");
      assertThat(text(published, "messaging.destination.name")).isEqualTo("callback.of.x42");
      assertThat(
              running.called().sum("messaging_client_sent_messages_total", "destination", "_OTHER"))
          .isEqualTo(1);
    }
  }
}
