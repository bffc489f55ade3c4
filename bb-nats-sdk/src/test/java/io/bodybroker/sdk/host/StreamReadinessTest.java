package io.bodybroker.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.ReadFrom;
import io.bodybroker.sdk.telemetry.LogLines;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.sdk.test.v1.Said;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused or away shows, and nobody is restarted for it: each look checks that too. */
@TestServers(scope = TestServers.Scope.METHOD)
class StreamReadinessTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final ConsumerSpec<Echoed> READER =
      ConsumerSpec.builder("reader", Echoed.getDefaultInstance()).build();

  private final NatsServer nats;
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private Connection operator;
  private JetStreamManagement management;

  StreamReadinessTest(NatsServer nats) {
    this.nats = nats;
  }

  @BeforeEach
  void connect() throws Exception {
    operator = Nats.connect(nats.url());
    management = operator.jetStreamManagement();
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  private ServiceHost start(String url, ServiceModule module) {
    return ServiceHost.start(
        module,
        BusConfig.builder()
            .natsUrls(List.of(url))
            .natsReconnectWait(Duration.ofMillis(50))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build());
  }

  private void consume(ServiceContext context) {
    context.consume(READER, (event, delivery) -> handled.add(event.getText()));
  }

  private static void awaitReason(HealthPages pages, String condition, String reason) {
    Await.untilSeen(
        BOUND,
        condition + " is down: " + reason,
        () -> pages.ready() == 503 ? pages.reasons() : "ready",
        page ->
            page.contains("\"name\":\"" + condition + "\",\"status\":\"DOWN\"")
                && page.contains(reason));
  }

  private static void awaitReady(HealthPages pages) {
    Await.untilSeen(
        BOUND,
        "ready",
        () -> pages.ready() + " " + pages.reasons(),
        page -> page.startsWith("200"));
  }

  @Test
  void namesTheDifferencesOfAStreamThatIsRefusedUntilItIsGone() throws Exception {
    management.addStream(
        StreamConfiguration.builder()
            .name("ECHO")
            .subjects("evt.echo.>")
            .storageType(StorageType.Memory)
            .build());
    try (var lines = LogLines.record();
        var host = start(nats.url(), this::consume);
        var pages = new HealthPages(host)) {
      awaitReason(pages, "streams", "storage: memory (declared: file)");
      awaitReason(pages, "consumers", "consumer reader: stream ECHO is not what is declared");
      assertThat(told(lines, "storage: memory (declared: file)")).isGreaterThan(0).isLessThan(4);

      management.deleteStream("ECHO");

      awaitReady(pages);
      host.bus().events().publish(Echoed.newBuilder().setText("hello").build(), "echo:1");
      Await.until(BOUND, "the event", () -> handled.contains("hello"));
      assertThat(told(lines, "stream {0} is what is declared")).isEqualTo(1);
    }
  }

  private static long told(LogLines lines, String text) {
    return lines.all().stream()
        .filter(line -> line.getLevel().intValue() >= java.util.logging.Level.INFO.intValue())
        .filter(line -> described(line).contains(text))
        .count();
  }

  private static String described(java.util.logging.LogRecord line) {
    return line.getMessage() + (line.getParameters() == null ? "" : List.of(line.getParameters()));
  }

  @Test
  void namesTheDifferencesOfAConsumerThatCannotBeMade() throws Exception {
    try (var first = start(nats.url(), this::consume)) {
      assertThat(first.awaitReady(BOUND)).isTrue();
    }
    management.deleteConsumer("ECHO", "reader");
    management.createConsumer(
        "ECHO",
        ConsumerConfiguration.builder()
            .durable("reader")
            .filterSubject("evt.echo.echoed.v1")
            .ackPolicy(AckPolicy.None)
            .build());
    try (var host = start(nats.url(), this::consume);
        var pages = new HealthPages(host)) {
      awaitReason(pages, "consumers", "ack_policy: none (declared: explicit)");

      management.deleteConsumer("ECHO", "reader");

      awaitReady(pages);
    }
  }

  @Test
  void isReadyWithoutAConsumerOfTopicsWhichShowsInAMetric() throws Exception {
    management.addStream(StreamConfiguration.builder().name("ECHO").subjects("evt.echo.>").build());
    management.createConsumer(
        "ECHO",
        ConsumerConfiguration.builder()
            .durable("topic-reader")
            .filterSubject("evt.echo.said.v1.>")
            .ackPolicy(AckPolicy.None)
            .build());
    var spec = ConsumerSpec.builder("topic-reader", Said.getDefaultInstance()).build();
    try (var lines = LogLines.record();
        var host =
            start(
                nats.url(),
                context -> {
                  consume(context);
                  var unused =
                      context
                          .topics(Said.getDefaultInstance())
                          .consume(
                              spec,
                              ">",
                              ReadFrom.beginning(),
                              (event, delivery) -> handled.add(event.getText()));
                });
        var pages = new HealthPages(host)) {
      awaitReady(pages);
      Await.until(BOUND, "a line", () -> told(lines, "ack_policy: none") > 0);
      awaitReady(pages);
      assertThat(host.bus().consumerProblems()).isEmpty();
      awaitMetric(pages, up("topic-reader", 0));
      awaitMetric(pages, up("reader", 1));

      management.deleteConsumer("ECHO", "topic-reader");

      awaitMetric(pages, up("topic-reader", 1));
    }
  }

  private static String up(String consumer, int value) {
    return "messaging_consumer_up{stream=\"ECHO\",consumer=\"%s\"} %d".formatted(consumer, value);
  }

  private static void awaitMetric(HealthPages pages, String line) {
    Await.untilSeen(BOUND, line, pages::metrics, page -> page.contains(line));
  }

  @Test
  void saysSoIfTheServerHasNoJetStreamButOnlyToWhomThatMatters() throws Exception {
    try (var plain = NatsServer.builder().jetStream(false).start();
        var consuming = start(plain.url(), this::consume);
        var pages = new HealthPages(consuming);
        var other = start(plain.url(), context -> {});
        var otherPages = new HealthPages(other)) {
      awaitReason(pages, "streams", "JetStream is not enabled on nats-server");
      awaitReason(pages, "consumers", "JetStream is not enabled on nats-server");
      awaitReady(otherPages);
    }
  }

  @Test
  void comesBackWhenJetStreamDoes() throws Exception {
    try (var host = start(nats.url(), this::consume);
        var pages = new HealthPages(host)) {
      awaitReady(pages);
      nats.kill();
      awaitReason(pages, "consumers", "consumer reader: ");
      nats.restart();

      awaitReady(pages);
      host.bus().events().publish(Echoed.newBuilder().setText("again").build(), "echo:2");
      Await.until(BOUND, "the event", () -> handled.contains("again"));
    }
  }
}
