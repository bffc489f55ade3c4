package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.Connections;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two hundred thousand requests that arrive at once for an endpoint whose handlers are all busy.
 */
@TestServers
class FloodTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String SUBJECT = "svc.echo.v1.echo";
  private static final int REQUESTS = 200_000;
  private static final int SENDERS = 4;
  private static final int AT_ONCE = 8;

  private final NatsServer nats;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicLong refused = new AtomicLong();

  FloodTest(NatsServer nats) {
    this.nats = nats;
  }

  private EchoResponse holdOut(EchoRequest request) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return EchoResponse.newBuilder().setText(request.getText()).build();
  }

  /** The second one is so small that requests are dropped, however quick this machine is. */
  @ParameterizedTest
  @ValueSource(ints = {16_384, 10})
  void refusesOrDropsWhatItCannotDoAndHoldsABoundedNumber(int maxWaiting) throws Exception {
    var config =
        RunningEcho.config(nats.url())
            .serveMaxConcurrency(AT_ONCE)
            .serveMaxWaiting(maxWaiting)
            .callTimeout(Duration.ofMinutes(5))
            .build();
    try (var connections = new Connections(config);
        Connection caller = Nats.connect(nats.url())) {
      var serving = connections.connection(ConnectionRole.SERVE);
      try (var server = new RpcServer(serving, config, new RpcTelemetry(OpenTelemetry.noop()))) {
        server.serve(new TestEcho(this::holdOut).binding());
        Await.until(BOUND, "the server to be subscribed", server::isSubscribed);
        String inbox = caller.createInbox();
        caller.createDispatcher(reply -> refused.incrementAndGet()).subscribe(inbox);
        caller.flush(BOUND);

        long most = flood(server, inbox);
        long dropped =
            Await.untilSeen(
                BOUND,
                "each request to be at work, refused or dropped; refused " + refused,
                () -> serving.require().getStatistics().getDroppedCount(),
                count -> count + refused.get() + server.inFlight() == REQUESTS);

        System.getLogger(FloodTest.class.getName())
            .log(
                System.Logger.Level.INFO,
                "of {0} requests {1} at work, {2} refused, {3} dropped; {4} waiting at most",
                REQUESTS,
                server.inFlight(),
                refused,
                dropped,
                most);
        assertThat(server.inFlight()).isEqualTo(AT_ONCE);
        assertThat(most).isLessThanOrEqualTo(maxWaiting);
        if (maxWaiting < 100) {
          assertThat(dropped).isPositive();
        }
        gate.countDown();
        Await.until(BOUND, "those at work to be answered", () -> server.inFlight() == 0);
        assertThat(caller.request(SUBJECT, new byte[0], BOUND)).as("a call after it").isNotNull();
      }
    }
  }

  /** Returns how many were seen waiting at most. */
  private long flood(RpcServer server, String inbox) throws Exception {
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Thread.ofPlatform().daemon().start(() -> send(inbox)));
    }
    long most = 0;
    for (Thread sender : senders) {
      while (!sender.join(Duration.ofMillis(1))) {
        most = Math.max(most, server.waiting());
      }
    }
    return most;
  }

  private void send(String inbox) {
    try (Connection sender = Nats.connect(nats.url())) {
      for (int i = 0; i < REQUESTS / SENDERS; i++) {
        sender.publish(SUBJECT, inbox, new Headers().put("Bb-Timeout-Ms", "300000"), null);
      }
      sender.flush(BOUND);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
