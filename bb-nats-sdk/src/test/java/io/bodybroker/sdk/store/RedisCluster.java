package io.bodybroker.sdk.store;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** Three redis-servers that share the slots of a cluster, without replicas. */
final class RedisCluster implements AutoCloseable {
  private static final int SLOTS = 16_384;
  private static final int NODES = 3;

  private final List<RedisServer> nodes;

  private RedisCluster(List<RedisServer> nodes) {
    this.nodes = nodes;
  }

  static RedisCluster start() {
    var nodes = new ArrayList<RedisServer>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(RedisServer.builder().port(freePort()).config("cluster-enabled", "yes").start());
    }
    for (int i = 0; i < NODES; i++) {
      try (var node = jedis(nodes.get(i))) {
        node.clusterAddSlots(IntStream.range(SLOTS * i / NODES, SLOTS * (i + 1) / NODES).toArray());
        if (i > 0) {
          node.clusterMeet("127.0.0.1", nodes.getFirst().port());
        }
      }
    }
    for (RedisServer server : nodes) {
      Await.until(Duration.ofSeconds(30), "the cluster to be whole", () -> isWhole(server));
    }
    return new RedisCluster(nodes);
  }

  private static boolean isWhole(RedisServer server) {
    try (var node = jedis(server)) {
      String info = node.clusterInfo();
      return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
    }
  }

  private static Jedis jedis(RedisServer server) {
    return new Jedis("127.0.0.1", server.port());
  }

  /** Nodes talk to each other on a port that is higher by 10,000, which must be one as well. */
  private static int freePort() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      if (isFree(port) && isFree(port + 10_000)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between 20000 and 30000");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** All nodes. */
  String url() {
    return nodes.stream().map(RedisServer::url).collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
