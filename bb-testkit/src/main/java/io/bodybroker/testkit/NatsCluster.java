package io.bodybroker.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Real nats-servers on 127.0.0.1 that form one cluster with JetStream.
 *
 * {@snippet file="io/bodybroker/testkit/NatsClusterTest.java" region="example"}
 *
 * <p>The nodes are called {@code n1}, {@code n2}, …; those names also appear in stream and consumer
 * information as leader and replicas, and {@link #server(String)} leads from there to the node to
 * kill. May be shared between threads.
 */
public final class NatsCluster implements AutoCloseable {

  private static final Duration READY_BOUND = Duration.ofSeconds(30);
  private static final Pattern META_LEADER =
      Pattern.compile("\"meta_cluster\":\\s*\\{[^}]*?\"leader\":\\s*\"([^\"]+)\"");

  private final List<NatsServer> servers;

  private NatsCluster(List<NatsServer> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * Starts a cluster; returns when it has a leader and every node follows it, mostly within some
   * seconds.
   *
   * @param size number of nodes, 2 to 9; an odd number is usual, since a majority must live
   * @throws ServerException if there is no suitable program, or a node does not start
   */
  public static NatsCluster start(int size) {
    return start(size, "");
  }

  /**
   * Like {@link #start(int)}, with lines in nats-server's own syntax for every node's configuration
   * file.
   *
   * @throws ServerException if there is no suitable program, or a node does not start
   */
  public static NatsCluster start(int size, String config) {
    if (size < 2 || size > 9) {
      throw new IllegalArgumentException("size: " + size + " (expected: 2 to 9)");
    }
    var cluster = Ports.withFree(3 * size, ports -> new NatsCluster(launch(size, ports, config)));
    try {
      cluster.awaitReady();
      return cluster;
    } catch (RuntimeException | Error failure) {
      cluster.close();
      throw failure;
    }
  }

  private static List<NatsServer> launch(int size, int[] ports, String config) {
    List<Integer> routes = IntStream.range(0, size).mapToObj(i -> ports[i]).toList();
    List<NatsServer> nodes =
        IntStream.range(0, size)
            .mapToObj(i ->
                NatsServer.node(
                    "n" + (i + 1),
                    new NatsConfig(
                        ports[size + i], ports[2 * size + i], rotated(routes, i), true, config)))
            .toList();
    return StartedTogether.launch(nodes);
  }

  private static List<Integer> rotated(List<Integer> ports, int first) {
    return Stream.concat(
            ports.subList(first, ports.size()).stream(), ports.subList(0, first).stream())
        .toList();
  }

  /** All nodes, also those that are down; in the order of their names. */
  public List<NatsServer> servers() {
    return servers;
  }

  /**
   * The node of that name, for example a stream's leader.
   *
   * @throws NoSuchElementException if there is none
   */
  public NatsServer server(String name) {
    return servers.stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(name + " (there are: " + servers + ")"));
  }

  /** Addresses of all nodes. */
  public List<String> urls() {
    return servers.stream().map(NatsServer::url).toList();
  }

  /** Addresses of all nodes, separated by commas, as client libraries accept them. */
  public String url() {
    return String.join(",", urls());
  }

  /** The node that leads JetStream's own group, if the running nodes agree on a running one. */
  public Optional<NatsServer> metaLeader() {
    Set<Optional<String>> opinions =
        running().map(NatsCluster::metaLeaderSeenBy).collect(Collectors.toSet());
    return opinions.size() == 1
        ? opinions.iterator().next().map(this::server).filter(NatsServer::isRunning)
        : Optional.empty();
  }

  /**
   * Waits until the running nodes agree on a running leader and each says that its part of
   * JetStream is healthy.
   *
   * @throws ServerException if that is not so within 30 s, with the nodes' logs
   */
  public void awaitReady() {
    try {
      Await.until(READY_BOUND, "a leader and healthy nodes in " + servers, this::isReady);
    } catch (AssertionError late) {
      String logs = servers.stream().map(NatsServer::tail).collect(Collectors.joining());
      throw new ServerException(late.getMessage() + logs, late);
    }
  }

  /** Kills all nodes and deletes their data. May be called twice. */
  @Override
  public void close() {
    StartedTogether.closeAll(servers);
  }

  private boolean isReady() throws IOException {
    if (metaLeader().isEmpty()) {
      return false;
    }
    for (NatsServer server : running().toList()) {
      if (!server.isHealthy()) {
        return false;
      }
    }
    return true;
  }

  private Stream<NatsServer> running() {
    return servers.stream().filter(NatsServer::isRunning);
  }

  private static Optional<String> metaLeaderSeenBy(NatsServer server) {
    try {
      Matcher leader = META_LEADER.matcher(server.monitoring("/jsz"));
      return leader.find() ? Optional.of(leader.group(1)) : Optional.empty();
    } catch (IOException unreachable) {
      return Optional.empty();
    }
  }
}
