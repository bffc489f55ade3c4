package io.bodybroker.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@TestServers(jetStream = false)
class PingsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @Test
  void loseNoConnectionHoweverManyThereAreAtOnce(NatsServer nats) throws Exception {
    var config = BusConfig.builder().natsUrls(List.of(nats.url())).build();
    try (var bus = Bus.connect(config);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      var supervised = bus.connections().connection(ConnectionRole.CALL);
      var states = new CopyOnWriteArrayList<ConnectionState>();
      supervised.onStateChange(states::add);
      var connection = supervised.require();
      Callable<Void> flush =
          () -> {
            Pings.flush(connection, BOUND);
            return null;
          };
      Callable<Void> drain =
          () -> {
            var subscription = connection.subscribe("pings");
            assertThat(Pings.drain(connection, subscription, BOUND)).isPresent();
            return null;
          };

      for (Future<Void> done : threads.invokeAll(Collections.nCopies(50, flush))) {
        done.get();
      }
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(50, drain))) {
        done.get();
      }

      assertThat(states).isEmpty();
    }
  }
}
