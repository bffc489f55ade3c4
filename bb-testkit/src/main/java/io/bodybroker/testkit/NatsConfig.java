package io.bodybroker.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What differs between the servers of a test.
 *
 * @param routePorts the ports of all nodes of the cluster, this one's first; empty for a server
 *     that stands alone
 * @param extra lines in nats-server's own syntax
 */
record NatsConfig(
    int port, int monitoringPort, List<Integer> routePorts, boolean jetStream, String extra) {

  NatsConfig {
    routePorts = List.copyOf(routePorts);
  }

  static NatsConfig standalone(int port, int monitoringPort, boolean jetStream, String extra) {
    return new NatsConfig(port, monitoringPort, List.of(), jetStream, extra);
  }

  NatsConfig withExtra(String lines) {
    return new NatsConfig(port, monitoringPort, routePorts, jetStream, lines);
  }

  boolean isClustered() {
    return !routePorts.isEmpty();
  }

  /** The configuration file. */
  String text(String name, Path store) {
    return """
    server_name: "%s"
    listen: "127.0.0.1:%d"
    http: "127.0.0.1:%d"
    """
            .formatted(name, port, monitoringPort)
        + (jetStream ? jetStream(store) : "")
        + (isClustered() ? cluster() : "")
        + extra;
  }

  /**
   * With limits of its own: by default each server would reckon with three quarters of memory and
   * disk.
   */
  private static String jetStream(Path store) {
    return """
    jetstream { store_dir: "%s", max_memory_store: 256MB, max_file_store: 32GB }
    """
        .formatted(store);
  }

  private String cluster() {
    String routes =
        routePorts.stream()
            .skip(1)
            .map(other -> "\"nats://127.0.0.1:" + other + "\"")
            .collect(Collectors.joining(", "));
    return """
    cluster { name: "testkit", listen: "127.0.0.1:%d", routes: [%s] }
    """
        .formatted(routePorts.getFirst(), routes);
  }
}
