package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.HashSet;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

@TestServers
class NatsClusterTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @Test
  void goesOnWhenAStreamsLeaderIsKilled(NatsCluster cluster) throws Exception {
    // @start region="example"
    var options = Options.builder().server(cluster.url()).maxReconnects(-1).build();
    try (Connection client = Nats.connect(options)) {
      var stream = StreamConfiguration.builder().name("LOG").subjects("log").replicas(3).build();
      var info = client.jetStreamManagement().addStream(stream);
      client.jetStream().publish("log", "before".getBytes(UTF_8));

      String leader = requireNonNull(requireNonNull(info.getClusterInfo()).getLeader());
      cluster.server(leader).kill();

      Await.untilAsserted(
          BOUND,
          "acknowledgement",
          () -> client.jetStream().publish("log", "after".getBytes(UTF_8)));
      assertThat(client.getStreamContext("LOG").getMessage(1).getData())
          .isEqualTo("before".getBytes(UTF_8));
    }
    // @end
  }

  @Test
  void choosesAnotherMetaLeaderAndTakesTheOldOneBack(NatsCluster cluster) {
    NatsServer first = cluster.metaLeader().orElseThrow();

    first.kill();
    cluster.awaitReady();
    assertThat(cluster.metaLeader()).isPresent().get().isNotEqualTo(first);

    first.restart();
    cluster.awaitReady();
    assertThat(cluster.servers()).allMatch(NatsServer::isRunning);
  }

  @Test
  void startsWithEveryNodeUpAfterWhatOtherTestsDid(NatsCluster cluster) {
    assertThat(cluster.servers()).hasSize(3).allMatch(NatsServer::isRunning);
    assertThat(cluster.metaLeader()).isPresent();
    assertThat(new HashSet<>(cluster.urls())).hasSize(3);
    assertThat(cluster.url()).isEqualTo(String.join(",", cluster.urls()));
  }

  @Test
  void knowsItsNodesByName(NatsCluster cluster) {
    assertThat(cluster.server("n2").name()).isEqualTo("n2");
    assertThatThrownBy(() -> cluster.server("n9"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("n1");
  }

  @Test
  void refusesASizeThatIsNoCluster() {
    assertThatThrownBy(() -> NatsCluster.start(1)).hasMessage("size: 1 (expected: 2 to 9)");
  }
}
