package io.bodybroker.sdk.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.sdk.test.v1.NotAnEvent;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestServers
class CoreEventsTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final NatsServer nats;

  CoreEventsTest(NatsServer nats) {
    this.nats = nats;
  }

  private static BusConfig config(String url) {
    return BusConfig.builder().natsUrls(List.of(url)).build();
  }

  private Bus connect() throws InterruptedException {
    Bus bus = Bus.connect(config(nats.url()));
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    return bus;
  }

  @Test
  void publishesOnTheSubjectThatTheContractDeclares() throws Exception {
    try (var bus = connect();
        Connection listener = Nats.connect(nats.url())) {
      var subscription = listener.subscribe("evt.>");
      listener.flush(BOUND);
      var event = Echoed.newBuilder().setText("hello").build();

      bus.events().publish(event, "echo:1");

      Message message = subscription.nextMessage(BOUND);
      assertThat(message.getSubject()).isEqualTo("evt.echo.echoed.v1");
      assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("echo:1");
      assertThat(Echoed.parseFrom(message.getData())).isEqualTo(event);
    }
  }

  @Test
  void refusesAMessageThatIsNoEvent() throws Exception {
    try (var bus = connect()) {
      assertThatThrownBy(() -> bus.events().publish(NotAnEvent.getDefaultInstance(), "1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bodybroker.sdk.test.v1.NotAnEvent")
          .hasMessageContaining("evt.{area}.{what}.v{N}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a.*", "a.>", "svc.echo.v1.echo", "$SRV.PING", ".a", "a..b"})
  void refusesASubjectThatNobodyMayChoose(String subject) throws Exception {
    try (var bus = connect()) {
      assertThatThrownBy(() -> bus.events().publishTo(subject, Echoed.getDefaultInstance(), "1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("subject: \"" + subject + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak"})
  void refusesAnIdThatNoHeaderCanHold(String id) throws Exception {
    try (var bus = connect()) {
      assertThatThrownBy(() -> bus.events().publish(Echoed.getDefaultInstance(), id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 200 printable ASCII characters");
    }
  }

  @Test
  void isUnavailableAtOnceWhileThereIsNoConnection() {
    try (var bus = Bus.connect(config("nats://127.0.0.1:9"))) {
      var error =
          catchThrowableOfType(
              ServiceException.class, () -> bus.events().publish(Echoed.getDefaultInstance(), "1"));

      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error.mayHaveExecuted()).isFalse();
    }
  }
}
