package io.bodybroker.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code bb up} was asked for. Every port has an option and an environment variable.
 *
 * @param processes whether each service runs in a JVM of its own, as in production
 * @param instances of each service; more than one only as processes
 * @param natsPort of nats-server
 * @param redisPort of redis-server
 * @param gatewayPort of the gateway
 * @param healthPort of the services' health server; each further process takes the next one
 * @param data where nats-server keeps its streams between runs
 */
record UpOptions(
    boolean processes,
    int instances,
    int natsPort,
    int redisPort,
    int gatewayPort,
    int healthPort,
    Path data) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_INSTANCES = 4;

  static UpOptions parse(List<String> words) {
    var arguments =
        Arguments.parse(
            words,
            Set.of("--processes"),
            Set.of(
                "--instances", "--nats-port", "--redis-port", "--gateway-port", "--health-port"));
    if (!arguments.words().isEmpty()) {
      throw CommandException.usage("up takes no " + arguments.words());
    }
    boolean processes = arguments.has("--processes");
    int instances = arguments.number("--instances", "BB_INSTANCES", 1, 1, MAX_INSTANCES);
    if (instances > 1 && !processes) {
      throw CommandException.usage(
          "--instances: " + instances + " (expected: 1, or --processes as well)");
    }
    return new UpOptions(
        processes,
        instances,
        port(arguments, "--nats-port", "NATS_PORT", 4222),
        port(arguments, "--redis-port", "REDIS_PORT", 6379),
        port(arguments, "--gateway-port", "GATEWAY_PORT", 8000),
        port(arguments, "--health-port", "HEALTH_PORT", 8080),
        standardData());
  }

  /** Where {@code bb up} keeps its data unless told otherwise. */
  static Path standardData() {
    return Path.of(System.getenv().getOrDefault("BB_DATA", ".bb/data"));
  }

  private static int port(Arguments arguments, String option, String variable, int standard) {
    return arguments.number(option, variable, standard, 1, MAX_PORT);
  }

  /**
   * @throws CommandException for the first port that somebody holds, naming the port, its holder
   *     and the option
   */
  void requireFreePorts() {
    PortHolder.requireFree(natsPort, "NATS", "--nats-port or NATS_PORT");
    PortHolder.requireFree(redisPort, "Redis", "--redis-port or REDIS_PORT");
    PortHolder.requireFree(gatewayPort, "the gateway", "--gateway-port or GATEWAY_PORT");
    int healthPorts = processes ? SeparateProcesses.healthPorts(instances) : 1;
    for (int i = 0; i < healthPorts; i++) {
      PortHolder.requireFree(healthPort + i, "health checks", "--health-port or HEALTH_PORT");
    }
  }

  /** Where everything that runs writes its log. */
  Path logs() {
    return data.resolve("logs").toAbsolutePath();
  }

  String natsUrl() {
    return "nats://127.0.0.1:" + natsPort;
  }

  String redisUrl() {
    return "redis://127.0.0.1:" + redisPort;
  }
}
