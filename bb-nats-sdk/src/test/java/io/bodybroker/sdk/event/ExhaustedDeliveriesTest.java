package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.config;
import static io.bodybroker.sdk.event.EventBus.connect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.DeadLetterFilter;
import io.bodybroker.sdk.deadletter.QueuedLetter;
import io.bodybroker.sdk.deadletter.Redrive;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event that ends each process that tries it. */
@TestServers(scope = TestServers.Scope.METHOD)
class ExhaustedDeliveriesTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Echoed DEADLY = Echoed.newBuilder().setText("deadly").build();

  private final NatsServer nats;
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private Bus bus;
  private Connection operator;
  private JetStreamManagement management;

  ExhaustedDeliveriesTest(NatsServer nats) {
    this.nats = nats;
  }

  @BeforeEach
  void connectAll() throws Exception {
    bus = connect(config(nats.url()).eventPublishTimeout(Duration.ofMillis(300)));
    operator = Nats.connect(nats.url());
    management = operator.jetStreamManagement();
  }

  @AfterEach
  void close() throws Exception {
    bus.close();
    operator.close();
  }

  /** Publishes it, and kills the process at each attempt, until no attempt is left. */
  private void exhaust() {
    bus.events().publish(DEADLY, "echo:deadly");
    var environment = Map.of("NATS_URL", nats.url(), "SERVICE_NAME", "crasher");
    for (int attempt = 1; attempt <= CrashingConsumerApp.ATTEMPTS; attempt++) {
      try (var program = JavaProgram.start(CrashingConsumerApp.class, environment)) {
        program.awaitOutput("at work on attempt " + attempt).kill().awaitEnd();
      }
    }
  }

  /** As a consumer of another kind does: it pulls and answers nothing. */
  private void leaveNoDelivery() {
    String inbox = operator.createInbox();
    operator.subscribe(inbox);
    operator.publish(
        "$JS.API.CONSUMER.MSG.NEXT.ECHO." + CrashingConsumerApp.CONSUMER,
        inbox,
        "{\"batch\":20,\"expires\":60000000000}".getBytes(UTF_8));
    Await.until(
        BOUND,
        "the server says that no delivery is left",
        () -> management.getStreamInfo("DLQ_ADVISORIES").getStreamState().getMsgCount() == 1);
  }

  private Consumption consume(Bus instance) {
    return instance
        .events()
        .consume(CrashingConsumerApp.spec(), (event, delivery) -> handled.add(event.getText()));
  }

  private List<QueuedLetter> letters() {
    var letters = new ArrayList<QueuedLetter>();
    bus.deadLetters().forEach(DeadLetterFilter.all(), letters::add);
    return letters;
  }

  private void awaitAdvisoriesDone() {
    Await.until(
        BOUND,
        "no advisory is left",
        () -> management.getStreamInfo("DLQ_ADVISORIES").getStreamState().getMsgCount() == 0);
  }

  @Test
  void areBuriedOnceByTwoInstancesWithAllThatIsKnownAndComeBack() throws Exception {
    exhaust();
    try (var other = connect(config(nats.url()));
        var mine = consume(bus);
        var theirs = consume(other)) {
      DeadLetter letter =
          Await.untilSeen(BOUND, "a letter", this::letters, found -> !found.isEmpty())
              .getFirst()
              .letter();
      assertThat(letter.origin())
          .isEqualTo(
              new DeadLetter.Origin.Event(
                  "evt.echo.echoed.v1", "ECHO", 1, CrashingConsumerApp.CONSUMER));
      assertThat(letter.payload()).isEqualTo(DEADLY.toByteString());
      assertThat(letter.attempts()).isEqualTo(CrashingConsumerApp.ATTEMPTS);
      assertThat(letter.code()).isEqualTo(ErrorCode.UNKNOWN);
      assertThat(letter.message()).startsWith("no attempt was answered");
      assertThat(letter.headers()).containsEntry("Nats-Msg-Id", "echo:deadly");
      awaitAdvisoriesDone();
      assertThat(letters()).hasSize(1);
      assertThat(handled).isEmpty();

      bus.deadLetters()
          .redrive(DeadLetterFilter.all(), new Redrive(0, false), (queued, outcome) -> {});

      Await.until(BOUND, "the event", () -> handled.size() == 1);
      assertThat(letters()).isEmpty();
      assertThat(mine.isConsuming() && theirs.isConsuming()).isTrue();
    }
  }

  /** Advisories are told once. Here no process is left that could listen. */
  @Test
  void areBuriedThoughNobodyListenedWhenTheServerSaidSo() throws Exception {
    exhaust();
    leaveNoDelivery();
    assertThat(letters()).isEmpty();

    try (var unused = consume(bus)) {
      Await.until(BOUND, "a letter", () -> letters().size() == 1);
      awaitAdvisoriesDone();
    }
  }

  @Test
  void stayWhereTheyAreWhileTheQueueIsAway() throws Exception {
    exhaust();
    leaveNoDelivery();
    management.addStream(
        StreamConfiguration.builder().name("SQUATTER").subjects("dlq.*.x").build());
    try (var unused = consume(bus)) {
      Await.until(
          BOUND,
          "the advisory is being worked on",
          () ->
              management
                      .getConsumerInfo("DLQ_ADVISORIES", "ECHO-" + CrashingConsumerApp.CONSUMER)
                      .getNumAckPending()
                  > 0);
      assertThat(management.getStreamNames()).doesNotContain("DLQ");

      management.deleteStream("SQUATTER");

      Await.until(BOUND, "a letter", () -> letters().size() == 1);
      assertThat(letters().getFirst().letter().payload()).isEqualTo(DEADLY.toByteString());
    }
  }
}
