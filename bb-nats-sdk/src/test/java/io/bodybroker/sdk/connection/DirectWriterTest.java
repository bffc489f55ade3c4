package io.bodybroker.sdk.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.internal.Deliveries;
import io.bodybroker.sdk.internal.DirectWriter;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Publishing past jnats, over a connection that goes and comes back. */
class DirectWriterTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String SUBJECT = "ours";

  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  private final Deliveries.Receiver receiver =
      new Deliveries.Receiver() {
        @Override
        public boolean wants(String subject) {
          return true;
        }

        @Override
        public boolean take(Message message) {
          return hear(message);
        }
      };

  private boolean hear(Message message) {
    heard.add(new String(message.getData(), StandardCharsets.UTF_8));
    return true;
  }

  private void subscribe(Connection fresh) {
    var deliveries = Deliveries.of(fresh);
    fresh
        .createDispatcher(message -> {
          deliveries.learn(message, receiver);
          hear(message);
        })
        .subscribe(SUBJECT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void say(Connection up, String text) {
    up.publish(SUBJECT, bytes(text));
    Await.until(BOUND, text, () -> heard.contains(text));
  }

  private void sayDirectly(Connection up, String text) {
    // It opens after the message was handed over that opens it.
    Await.until(BOUND, "the way past jnats", () -> publish(up, text));
    Await.until(BOUND, text, () -> heard.contains(text));
  }

  private static boolean publish(Connection up, String text) {
    return DirectWriter.publish(up, SUBJECT, null, null, bytes(text));
  }

  /**
   * A request that overtakes the subscription of its answer would be answered to nobody. So nothing
   * goes past jnats before something came from the very socket.
   */
  @Test
  void opensWithWhatComesFromTheSocketThatIsInUse() {
    try (var nats = NatsServer.builder().jetStream(false).start();
        var connections =
            new Connections(
                BusConfig.builder()
                    .natsUrls(List.of(nats.url()))
                    .natsReconnectWait(Duration.ofMillis(10))
                    .build())) {
      var connection = connections.connection(ConnectionRole.SERVE);
      connection.onEstablished(this::subscribe);
      Await.until(BOUND, "a connection", () -> connection.state() == ConnectionState.UP);
      Connection up = connection.require();

      assertThat(publish(up, "too early")).isFalse();
      say(up, "one"); // by which the subscription is known
      say(up, "two");
      sayDirectly(up, "three");
      long out = connection.figures().total(ConnectionFigures.Traffic.MESSAGES_OUT);
      sayDirectly(up, "four");
      assertThat(connection.figures().total(ConnectionFigures.Traffic.MESSAGES_OUT))
          .isGreaterThan(out);
      assertThat(DirectWriter.of(up).messages()).isEqualTo(2);

      nats.restart();
      Await.until(
          BOUND,
          "the connection again",
          () -> connection.figures().reconnects() == 1 && connection.state() == ConnectionState.UP);
      assertThat(connection.require()).isEqualTo(up);
      assertThat(publish(up, "too early")).isFalse();
      say(up, "five");
      sayDirectly(up, "six");
    }
    assertThat(heard).doesNotContain("too early");
  }

  @Test
  void takesNothingForASocketThatIsGone() {
    try (var nats = NatsServer.builder().jetStream(false).start();
        var connections =
            new Connections(BusConfig.builder().natsUrls(List.of(nats.url())).build())) {
      var connection = connections.connection(ConnectionRole.SERVE);
      connection.onEstablished(this::subscribe);
      Await.until(BOUND, "a connection", () -> connection.state() == ConnectionState.UP);
      Connection up = connection.require();
      say(up, "one");
      say(up, "two");
      sayDirectly(up, "three");

      nats.kill();
      Await.until(BOUND, "its loss", () -> connection.state() == ConnectionState.DOWN);
      assertThat(publish(up, "lost")).isFalse();
    }
  }
}
