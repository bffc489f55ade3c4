package io.bodybroker.sdk.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@TestServers(jetStream = false)
class EstablishedTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int ROUNDS = 50;
  private static final int COMERS = 4;
  private static final int MOST = 5_000;

  /** A service that was left out would never have its subscriptions, and never be ready. */
  @Test
  void leavesNobodyOutWhoComesWhileItConnects(NatsServer nats) {
    var config = BusConfig.builder().natsUrls(List.of(nats.url())).build();
    for (int round = 0; round < ROUNDS; round++) {
      try (var connections = new Connections(config)) {
        var connection = connections.connection(ConnectionRole.SERVE);
        var ran = new AtomicInteger();
        var came = new AtomicInteger();
        try (var comers = Executors.newCachedThreadPool()) {
          for (int i = 0; i < COMERS; i++) {
            comers.execute(() -> {
              for (int n = 0; n < MOST && connection.state() != ConnectionState.UP; n++) {
                came.incrementAndGet();
                connection.onEstablished(fresh -> ran.incrementAndGet());
              }
            });
          }
        }

        Await.untilSeen(BOUND, "actions that ran", ran::get, seen -> seen == came.get());
        assertThat(connection.state()).isEqualTo(ConnectionState.UP);
      }
    }
  }
}
