package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.BOUND;
import static io.bodybroker.sdk.event.EventBus.config;
import static io.bodybroker.sdk.event.EventBus.connect;
import static io.bodybroker.sdk.event.EventBus.echoed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.sdk.test.v1.NotAnEvent;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsCluster;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestServers(scope = TestServers.Scope.METHOD)
class PublishTest {
  private static StreamInfo stream(String url) throws Exception {
    try (Connection operator = Nats.connect(url)) {
      return operator.jetStreamManagement().getStreamInfo("ECHO");
    }
  }

  private static long messages(String url) throws Exception {
    return stream(url).getStreamState().getMsgCount();
  }

  private static String leader(String url) throws Exception {
    var info = Objects.requireNonNull(stream(url).getClusterInfo(), "cluster");
    return Objects.requireNonNull(info.getLeader(), "leader");
  }

  @Test
  void returnsWhenTheStreamThatIsDeclaredHasIt(NatsServer nats) throws Exception {
    try (var bus = connect(nats);
        Connection reader = Nats.connect(nats.url())) {
      bus.events().publish(echoed(1), "echo:1");

      var message = reader.jetStreamManagement().getMessage("ECHO", 1);
      assertThat(message.getSubject()).isEqualTo("evt.echo.echoed.v1");
      var headers = Objects.requireNonNull(message.getHeaders(), "headers");
      assertThat(headers.getFirst("Nats-Msg-Id")).isEqualTo("echo:1");
      var data = Objects.requireNonNull(message.getData(), "data");
      assertThat(Echoed.parseFrom(data)).isEqualTo(echoed(1));
    }
  }

  @Test
  void takesWhatIsPublishedTwiceUnderOneIdOnce(NatsServer nats) throws Exception {
    try (var bus = connect(nats)) {
      bus.events().publish(echoed(1), "echo:1");
      bus.events().publish(echoed(1), "echo:1");
      bus.events().publish(echoed(2), "echo:2");
    }

    assertThat(messages(nats.url())).isEqualTo(2);
  }

  @Test
  void hasAllThatWasPublishedAsynchronously(NatsServer nats) throws Exception {
    try (var bus = connect(config(nats.url()).eventMaxInFlight(16))) {
      List<CompletableFuture<Void>> published = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        published.add(bus.events().publishAsync(echoed(i), "echo:" + i));
      }
      CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).get();
    }

    assertThat(messages(nats.url())).isEqualTo(1000);
  }

  @Test
  void waitsUntilTheServerIsBack(NatsServer nats) throws Exception {
    try (var bus = connect(nats)) {
      bus.events().publish(echoed(1), "echo:1");
      nats.kill();
      var later = CompletableFuture.runAsync(() -> bus.events().publish(echoed(2), "echo:2"));
      var async = bus.events().publishAsync(echoed(3), "echo:3");
      nats.restart();

      later.get();
      async.get();
    }

    assertThat(messages(nats.url())).isEqualTo(3);
  }

  @Test
  void saysWhenTheServerStaysAway() {
    try (var bus =
        Bus.connect(
            config("nats://127.0.0.1:9").eventPublishTimeout(Duration.ofMillis(300)).build())) {
      var error = failure(bus);

      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error.mayHaveExecuted()).isFalse();
    }
  }

  @Test
  void losesNothingThatItsClusterAcknowledgedWhenANodeDies(NatsCluster cluster) throws Exception {
    try (var bus = connect(config(cluster.url()))) {
      bus.events().publish(echoed(0), "echo:0");
      assertThat(stream(cluster.url()).getConfiguration().getReplicas()).isEqualTo(3);
      String leader = leader(cluster.url());
      cluster.server(leader).kill();

      for (int i = 1; i <= 20; i++) {
        bus.events().publish(echoed(i), "echo:" + i);
      }

      cluster.server(leader).restart();
      cluster.awaitReady();
    }

    Await.untilSeen(
        BOUND, "messages in the stream", () -> messages(cluster.url()), count -> count == 21);
  }

  @Test
  void saysWhenTheStreamIsFull(NatsServer nats) throws Exception {
    try (var bus = connect(nats);
        Connection operator = Nats.connect(nats.url())) {
      bus.events().publish(echoed(1), "echo:1");
      var management = operator.jetStreamManagement();
      var config = management.getStreamInfo("ECHO").getConfiguration();
      management.updateStream(
          StreamConfiguration.builder(config)
              .maxMessages(1)
              .discardPolicy(DiscardPolicy.New)
              .build());

      var error =
          catchThrowableOfType(
              ServiceException.class, () -> bus.events().publish(echoed(2), "echo:2"));

      assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      assertThat(error.mayHaveExecuted()).isFalse();
      assertThat(error.message()).contains("ECHO").contains("maximum messages exceeded");
    }
  }

  @Test
  void saysWhenJetStreamIsOff() throws Exception {
    try (var nats = NatsServer.builder().jetStream(false).start();
        var bus = connect(config(nats.url()).eventPublishTimeout(Duration.ofMillis(300)))) {
      var error = failure(bus);

      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error.mayHaveExecuted()).isFalse();
      assertThat(error.message()).contains("ECHO");
    }
  }

  private static ServiceException failure(Bus bus) {
    return catchThrowableOfType(
        ServiceException.class, () -> bus.events().publish(echoed(1), "echo:1"));
  }

  @Test
  void makesTheStreamAnewThatSomebodyDeleted(NatsServer nats) throws Exception {
    try (var bus = connect(nats);
        Connection operator = Nats.connect(nats.url())) {
      bus.events().publish(echoed(1), "echo:1");
      operator.jetStreamManagement().deleteStream("ECHO");

      bus.events().publish(echoed(2), "echo:2");
    }

    assertThat(messages(nats.url())).isEqualTo(1);
  }

  @Test
  void refusesAMessageThatIsNoEvent(NatsServer nats) throws Exception {
    try (var bus = connect(nats)) {
      assertThatThrownBy(() -> bus.events().publish(NotAnEvent.getDefaultInstance(), "1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bodybroker.sdk.test.v1.NotAnEvent")
          .hasMessageContaining("evt.{area}.{what}.v{N}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a.*", "a.>", "svc.echo.v1.echo", "$SRV.PING", ".a", "a..b"})
  void refusesASubjectThatNobodyMayChoose(String subject, NatsServer nats) throws Exception {
    try (var bus = connect(nats)) {
      assertThatThrownBy(() -> bus.events().publishTo(subject, echoed(1), "1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("subject: \"" + subject + "\"");
    }
  }

  @Test
  void publishesToWhoeverListensOnASubjectSomebodyAskedFor(NatsServer nats) throws Exception {
    try (var bus = connect(nats);
        Connection listener = Nats.connect(nats.url())) {
      var subscription = listener.subscribe("callback.mine");
      listener.flush(BOUND);

      bus.events().publishTo("callback.mine", echoed(1), "echo:1");

      assertThat(Echoed.parseFrom(subscription.nextMessage(BOUND).getData())).isEqualTo(echoed(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak"})
  void refusesAnIdThatNoHeaderCanHold(String id, NatsServer nats) throws Exception {
    try (var bus = connect(nats)) {
      assertThatThrownBy(() -> bus.events().publish(echoed(1), id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 200 printable ASCII characters");
    }
  }
}
