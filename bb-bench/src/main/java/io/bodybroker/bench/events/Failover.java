package io.bodybroker.bench.events;

import io.bodybroker.bench.report.Stat;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsCluster;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How long from the death of the node that leads a stream to the first publish that succeeds. */
final class Failover {
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final NatsCluster cluster;
  private final WeatherChanged event;
  private final String stream;

  Failover(NatsCluster cluster, WeatherChanged event, String stream) {
    this.cluster = cluster;
    this.event = event;
    this.stream = stream;
  }

  /** In seconds. */
  Stat run(int rounds) throws Exception {
    var seconds = new ArrayList<Double>();
    var options =
        Options.builder().servers(cluster.urls().toArray(String[]::new)).maxReconnects(-1);
    var config = BusConfig.builder().name("bench").natsUrls(cluster.urls()).build();
    try (var bus = Bus.connect(config);
        Connection operator = Nats.connect(options.build())) {
      bus.awaitConnected(BOUND);
      for (int round = 0; round < rounds; round++) {
        seconds.add(round(bus, operator.jetStreamManagement(), round));
      }
    }
    return new Stat(seconds);
  }

  private double round(Bus bus, JetStreamManagement management, int round) throws Exception {
    bus.events().publish(event, "before:" + round);
    NatsServer leader = cluster.server(leader(management));
    leader.kill();
    long begin = System.nanoTime();
    bus.events().publish(event, "after:" + round);
    double seconds = (System.nanoTime() - begin) / 1e9;
    leader.restart();
    cluster.awaitReady();
    Await.until(BOUND, "followers to catch up", () -> isReplicated(management));
    return seconds;
  }

  private String leader(JetStreamManagement management) throws Exception {
    var info = Objects.requireNonNull(management.getStreamInfo(stream).getClusterInfo(), "cluster");
    return Objects.requireNonNull(info.getLeader(), "leader");
  }

  private boolean isReplicated(JetStreamManagement management) throws Exception {
    var info = management.getStreamInfo(stream).getClusterInfo();
    if (info == null || info.getLeader() == null) {
      return false;
    }
    List<Replica> replicas = info.getReplicas();
    return replicas != null && replicas.stream().allMatch(Replica::isCurrent);
  }
}
