package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.BOUND;
import static io.bodybroker.sdk.event.EventBus.config;
import static io.bodybroker.sdk.event.EventBus.connect;
import static io.bodybroker.sdk.event.EventBus.consumer;
import static io.bodybroker.sdk.event.EventBus.echoed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of events when storage ends, or somebody takes away what keeps them. */
@TestServers(scope = TestServers.Scope.METHOD)
class EventFaultsTest {
  private static final String SUBJECT = "evt.echo.echoed.v1";
  private static final String LARGE = "x".repeat(32 * 1024);

  private static void publish(Bus bus, int from, int to) {
    for (int i = from; i < to; i++) {
      bus.events().publish(echoed(i), "echo:" + i);
    }
  }

  private static Set<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.toSet());
  }

  private static long messages(NatsServer nats) throws Exception {
    try (Connection operator = Nats.connect(nats.url())) {
      return operator.jetStreamManagement().getStreamInfo("ECHO").getStreamState().getMsgCount();
    }
  }

  /** Publishes large events until one is refused; returns how many were acknowledged. */
  private static int fill(Bus bus) {
    var large = Echoed.newBuilder().setText(LARGE).build();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      var error =
          catchThrowableOfType(
              ServiceException.class, () -> bus.events().publish(large, "large:" + number));
      if (error != null) {
        assertThat(error.code()).as(error.toString()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
        assertThat(error.mayHaveExecuted()).isFalse();
        assertThat(error.message()).contains("stream ECHO");
        return i;
      }
    }
    throw new AssertionError("never full");
  }

  @Test
  void saysWhenTheServerMayStoreNoMoreAndKeepsWhatItAcknowledged(@TempDir Path store)
      throws Exception {
    String limit = "jetstream { store_dir: \"%s\", max_file_store: 1MB }".formatted(store);
    try (var nats = NatsServer.builder().config(limit).start();
        var bus = connect(nats);
        Connection operator = Nats.connect(nats.url())) {
      int acknowledged = fill(bus);

      assertThat(acknowledged).isPositive();
      assertThat(messages(nats)).isEqualTo(acknowledged);
      operator.jetStreamManagement().purgeStream("ECHO");
      bus.events().publish(echoed(1), "echo:1");
      assertThat(messages(nats)).isEqualTo(1);
    }
  }

  @Test
  void saysWhenItsAccountMayStoreNoMore() throws Exception {
    String account =
        """
        accounts { SMALL: { jetstream: { max_file: 1MB }, users: [ { user: small, password: small } ] } }
        no_auth_user: small
        """;
    try (var nats = NatsServer.builder().config(account).start();
        var bus = connect(nats)) {
      int acknowledged = fill(bus);

      assertThat(acknowledged).isPositive();
      assertThat(messages(nats)).isEqualTo(acknowledged);
    }
  }

  @Test
  void waitsWhileJetStreamIsOffAndGoesOnWithWhatItHad(NatsServer nats) throws Exception {
    var handled = ConcurrentHashMap.<String>newKeySet();
    try (var bus = connect(nats);
        var consumption =
            bus.events()
                .consume(consumer("off").build(), (event, d) -> handled.add(event.getText()))) {
      publish(bus, 0, 10);
      Await.until(BOUND, "10 events", () -> handled.size() == 10);
      nats.reload("jetstream: disabled");
      nats.restart();
      Await.until(BOUND, "the consumer to notice", () -> !consumption.isConsuming());
      var later = CompletableFuture.runAsync(() -> publish(bus, 10, 20));
      nats.reload("");
      nats.restart();

      later.get();

      Await.until(BOUND, "20 events", () -> handled.size() == 20);
      assertThat(messages(nats)).isEqualTo(20);
    }
  }

  @Test
  void handlesEveryEventOfAStreamThatSomebodyMadeAnew(NatsServer nats) throws Exception {
    var handled = ConcurrentHashMap.<String>newKeySet();
    try (var bus = connect(nats);
        Connection operator = Nats.connect(nats.url());
        var consumption =
            bus.events()
                .consume(consumer("anew").build(), (event, d) -> handled.add(event.getText()))) {
      publish(bus, 0, 10);
      Await.until(BOUND, "10 events", () -> handled.size() == 10);
      // So that it has seen how far it has come.
      nats.restart();
      publish(bus, 10, 11);
      Await.until(BOUND, "11 events", () -> handled.size() == 11);
      var management = operator.jetStreamManagement();
      StreamConfiguration config = management.getStreamInfo("ECHO").getConfiguration();

      management.deleteStream("ECHO");
      management.addStream(config);
      for (int i = 11; i < 16; i++) {
        operator.jetStream().publish(SUBJECT, echoed(i).toByteArray());
      }

      Await.untilSeen(BOUND, "events handled", () -> Set.copyOf(handled), texts(0, 16)::equals);
      assertThat(consumption.isConsuming()).isTrue();
    }
  }

  @Test
  void missesNothingFromNowOnWhenItsConsumerIsDeletedBeforeItsFirstEvent(NatsServer nats)
      throws Exception {
    var handled = ConcurrentHashMap.<String>newKeySet();
    try (var bus = connect(nats);
        Connection operator = Nats.connect(nats.url())) {
      publish(bus, 0, 10);
      try (var consumption =
          bus.events()
              .consume(
                  consumer("from-now").fromNow().build(),
                  (event, d) -> handled.add(event.getText()))) {
        Await.until(BOUND, "consuming", consumption::isConsuming);
        var management = operator.jetStreamManagement();
        management.deleteConsumer("ECHO", "from-now");
        for (int i = 10; i < 20; i++) {
          operator.jetStream().publish(SUBJECT, echoed(i).toByteArray());
        }

        Await.untilSeen(BOUND, "events handled", () -> Set.copyOf(handled), texts(10, 20)::equals);
      }
    }
  }

  @Test
  void handlesWhatWaitedForAnotherAttemptWhenItsConsumerIsDeleted(NatsServer nats)
      throws Exception {
    var handled = ConcurrentHashMap.<String>newKeySet();
    var tried = ConcurrentHashMap.<String>newKeySet();
    try (var bus = connect(config(nats.url()));
        Connection operator = Nats.connect(nats.url());
        var consumption =
            bus.events()
                .consume(
                    consumer("waiting").build(),
                    (event, delivery) -> {
                      if (tried.add(event.getText()) && event.getText().endsWith("3")) {
                        throw new IllegalStateException("later");
                      }
                      handled.add(event.getText());
                    })) {
      publish(bus, 0, 20);
      Await.until(BOUND, "20 events to be tried", () -> tried.size() == 20);
      operator.jetStreamManagement().deleteConsumer("ECHO", "waiting");

      Await.untilSeen(BOUND, "events handled", () -> Set.copyOf(handled), texts(0, 20)::equals);
      assertThat(consumption.inFlight()).isLessThanOrEqualTo(16);
    }
  }
}
