package io.bodybroker.sdk.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.EventHandler;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class DeadLetterTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final byte[] POISON = {(byte) 0xff, 0x00, 0x0d, 0x0a, 0x7f};

  private Bus bus;
  private Connection operator;
  private JetStreamManagement management;

  @BeforeEach
  void connect(NatsServer nats) throws Exception {
    bus =
        Bus.connect(
            BusConfig.builder()
                .name("dead-test")
                .instance("dead-test-1")
                .natsUrls(List.of(nats.url()))
                .eventPublishTimeout(Duration.ofMillis(300))
                .build());
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    operator = Nats.connect(nats.url());
    management = operator.jetStreamManagement();
  }

  @AfterEach
  void close() throws Exception {
    bus.close();
    operator.close();
  }

  private static ConsumerSpec.Builder<Echoed> consumer() {
    return ConsumerSpec.builder("echo-reader", Echoed.getDefaultInstance())
        .backoff(Duration.ofMillis(20), Duration.ofMillis(50))
        .attempts(3);
  }

  private void publish(String text) {
    bus.events().publish(Echoed.newBuilder().setText(text).build(), "echo:" + text);
  }

  private MessageInfo awaitLetter(long sequence) {
    Await.until(BOUND, "dead letter " + sequence, () -> letters() >= sequence);
    return letter(sequence);
  }

  private MessageInfo letter(long sequence) {
    try {
      return management.getMessage("DLQ", sequence);
    } catch (Exception e) {
      throw new AssertionError("dead letter " + sequence, e);
    }
  }

  private long letters() throws Exception {
    return management.getStreamNames().contains("DLQ")
        ? management.getStreamInfo("DLQ").getStreamState().getLastSequence()
        : 0;
  }

  private void awaitDone() {
    Await.until(
        BOUND,
        "nothing waits for an acknowledgement",
        () -> {
          var info = management.getConsumerInfo("ECHO", "echo-reader");
          return info.getNumAckPending() == 0 && info.getNumPending() == 0;
        });
  }

  @Test
  void keepsPoisonByteForByteWithAllThatIsKnownOfIt() throws Exception {
    var handled = new CopyOnWriteArrayList<String>();
    publish("before");
    try (var unused =
        bus.events().consume(consumer().build(), (event, d) -> handled.add(event.getText()))) {
      var headers =
          new Headers()
              .put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
      operator.jetStream().publish("evt.echo.echoed.v1", headers, POISON);
      publish("after");

      MessageInfo letter = awaitLetter(1);
      assertThat(letter.getSubject()).isEqualTo("dlq.dead-test.echo-reader");
      assertThat(letter.getData()).isEqualTo(POISON);
      assertThat(header(letter, "Bb-Dead-Subject")).isEqualTo("evt.echo.echoed.v1");
      assertThat(header(letter, "Bb-Dead-Stream")).isEqualTo("ECHO");
      assertThat(header(letter, "Bb-Dead-Sequence")).isEqualTo("2");
      assertThat(header(letter, "Bb-Dead-Consumer")).isEqualTo("echo-reader");
      assertThat(header(letter, "Bb-Dead-Attempts")).isEqualTo("1");
      assertThat(header(letter, "Bb-Dead-Code")).isEqualTo("INVALID_ARGUMENT");
      assertThat(header(letter, "Bb-Dead-Message"))
          .contains("payload of 5 bytes is not a bodybroker.sdk.test.v1.Echoed");
      assertThat(header(letter, "Bb-Dead-Service")).isEqualTo("dead-test");
      assertThat(header(letter, "Bb-Dead-Instance")).isEqualTo("dead-test-1");
      assertThat(header(letter, "Bb-Dead-Redrives")).isEqualTo("0");
      assertThat(header(letter, "Bb-Dead-At")).isNotEmpty();
      assertThat(header(letter, "traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c");
      Await.until(BOUND, "the others", () -> handled.containsAll(List.of("before", "after")));
      awaitDone();
    }
  }

  private static String header(MessageInfo letter, String name) {
    var headers = Objects.requireNonNull(letter.getHeaders(), "headers");
    return Objects.requireNonNull(headers.getFirst(name), name);
  }

  @Test
  void buriesAtOnceWhatItsHandlerRefusesForGood() throws Exception {
    var attempts = new CopyOnWriteArrayList<Integer>();
    EventHandler<Echoed> handler =
        (event, delivery) -> {
          attempts.add(delivery.attempt());
          throw ServiceException.of(ErrorCode.FAILED_PRECONDITION, "the zone is closed");
        };
    try (var unused = bus.events().consume(consumer().build(), handler)) {
      publish("refused");

      MessageInfo letter = awaitLetter(1);
      assertThat(header(letter, "Bb-Dead-Code")).isEqualTo("FAILED_PRECONDITION");
      assertThat(header(letter, "Bb-Dead-Message")).isEqualTo("the zone is closed");
      awaitDone();
      assertThat(attempts).containsExactly(1);
    }
  }

  @Test
  void buriesWhatFailsAtEachAttemptAndKeepsTheCauseToTheLog() throws Exception {
    EventHandler<Echoed> handler =
        (event, delivery) -> {
          throw new IllegalStateException("password=hunter2 is wrong");
        };
    try (var unused = bus.events().consume(consumer().build(), handler)) {
      publish("broken");

      MessageInfo letter = awaitLetter(1);
      assertThat(header(letter, "Bb-Dead-Attempts")).isEqualTo("3");
      assertThat(header(letter, "Bb-Dead-Code")).isEqualTo("INTERNAL");
      assertThat(header(letter, "Bb-Dead-Original-Nats-Msg-Id")).isEqualTo("echo:broken");
      awaitDone();
    }
  }

  @Test
  void keepsTheOriginalUntilTheQueueHasItsCopy() throws Exception {
    publish("before");
    // Somebody else's stream has taken the queue's subjects, so it cannot be made.
    management.addStream(
        StreamConfiguration.builder().name("SQUATTER").subjects("dlq.*.x").build());
    try (var unused = bus.events().consume(consumer().build(), (event, delivery) -> {})) {
      operator.jetStream().publish("evt.echo.echoed.v1", POISON);
      Await.until(
          BOUND,
          "it is delivered and kept",
          () -> management.getConsumerInfo("ECHO", "echo-reader").getNumAckPending() == 1);
      assertThat(letters()).isZero();

      management.deleteStream("SQUATTER");

      assertThat(awaitLetter(1).getData()).isEqualTo(POISON);
      awaitDone();
    }
  }
}
