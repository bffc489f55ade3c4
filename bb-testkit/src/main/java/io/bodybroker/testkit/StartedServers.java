package io.bodybroker.testkit;

import static java.util.stream.Collectors.joining;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The servers that the tests of one scope have asked for so far. JUnit closes it. Tests in parallel
 * take turns.
 */
final class StartedServers implements AutoCloseable {

  private static final Logger LOG = System.getLogger("io.bodybroker.testkit");

  private final ReentrantLock turn = new ReentrantLock();
  private final TestServers wanted;
  private final Map<Class<?>, AutoCloseable> started = new LinkedHashMap<>();

  StartedServers(TestServers wanted) {
    this.wanted = wanted;
  }

  static boolean offers(Class<?> type) {
    return type == NatsServer.class || type == NatsCluster.class || type == RedisServer.class;
  }

  Object get(Class<?> type) {
    turn.lock();
    try {
      return started.computeIfAbsent(type, this::start);
    } finally {
      turn.unlock();
    }
  }

  /** Brings all that has been started back to running. */
  void heal() {
    List<TestServer> hurt = servers().stream().filter(server -> !server.isRunning()).toList();
    for (TestServer server : hurt) {
      if (server.isPaused()) {
        server.resume();
      } else {
        server.restart();
      }
    }
    if (!hurt.isEmpty() && started.get(NatsCluster.class) instanceof NatsCluster cluster) {
      cluster.awaitReady();
    }
  }

  void log(String what) {
    if (!started.isEmpty()) {
      String tails = servers().stream().map(TestServer::tail).collect(joining());
      LOG.log(Level.WARNING, "{0}; its servers: {1}{2}", what, servers(), tails);
    }
  }

  @Override
  public void close() throws Exception {
    var all = new ArrayList<>(started.values());
    for (AutoCloseable each : all.reversed()) {
      each.close();
    }
  }

  private AutoCloseable start(Class<?> type) {
    if (type == NatsCluster.class) {
      return NatsCluster.start(wanted.clusterSize(), wanted.natsConfig());
    }
    if (type == NatsServer.class) {
      return NatsServer.builder().jetStream(wanted.jetStream()).config(wanted.natsConfig()).start();
    }
    return RedisServer.start();
  }

  private List<TestServer> servers() {
    turn.lock();
    try {
      var servers = new ArrayList<TestServer>();
      for (AutoCloseable each : started.values()) {
        switch (each) {
          case NatsCluster cluster -> servers.addAll(cluster.servers());
          case TestServer server -> servers.add(server);
          default -> throw new IllegalStateException(each.toString());
        }
      }
      return servers;
    } finally {
      turn.unlock();
    }
  }
}
