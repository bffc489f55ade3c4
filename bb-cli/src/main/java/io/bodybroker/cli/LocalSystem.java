package io.bodybroker.cli;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.rpc.ServiceInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A nats-server, a redis-server, every service on the class path and the gateway, on this machine,
 * until it is closed.
 *
 * <p>What it shows as ready has answered: a service to a ping over NATS, the gateway on {@code
 * /health/ready}. For one thread, but for {@link #close}.
 */
final class LocalSystem implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(25);

  private final UpOptions options;
  private final StatusTable table;
  private final Opened opened = new Opened();

  /**
   * @param table is told what starts and what is ready
   */
  LocalSystem(UpOptions options, StatusTable table) {
    this.options = options;
    this.table = table;
  }

  /**
   * Starts all of it; returns when all is ready.
   *
   * @throws CommandException if something is not ready in time, saying what and where to look;
   *     close it then
   */
  void start() throws InterruptedException {
    startServers();
    Deployment deployment =
        options.processes() ? new SeparateProcesses(options) : new OneProcess(options);
    List<String> services =
        ServiceContract.onClassPath().stream().map(ServiceContract::name).toList();
    services.forEach(table::starting);
    table.starting("gateway");
    opened.add(deployment);
    deployment.start();
    awaitServices(services, deployment);
    awaitGateway(deployment);
  }

  /** Ends it, last started first. */
  @Override
  public void close() {
    opened.close();
  }

  private void startServers() {
    table.starting("nats-server");
    table.starting("redis-server");
    opened.add(LocalServers.nats(options));
    table.ready("nats-server", options.natsUrl());
    opened.add(LocalServers.redis(options));
    table.ready("redis-server", options.redisUrl());
  }

  private void awaitServices(List<String> services, Deployment deployment)
      throws InterruptedException {
    BusConfig config =
        BusConfig.builder().name("bb-up").natsUrls(List.of(options.natsUrl())).build();
    try (var bus = Connecting.toBus(config)) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      var missing = new TreeSet<>(services);
      while (!missing.isEmpty()) {
        Map<String, Long> running = running(bus);
        missing.removeIf(service -> isComplete(service, running.getOrDefault(service, 0L)));
        requireAlive(deployment);
        if (System.nanoTime() - deadline > 0) {
          throw CommandException.failed(
              "%s not ready after %d s; why is in %s"
                  .formatted(missing, PATIENCE.toSeconds(), options.logs()));
        }
      }
    }
  }

  private static Map<String, Long> running(Bus bus) {
    return bus.discovery().findAll(POLL).stream()
        .collect(Collectors.groupingBy(ServiceInstance::service, Collectors.counting()));
  }

  private boolean isComplete(String service, long instances) {
    boolean complete = instances >= options.instances();
    if (complete) {
      table.ready(service, instances == 1 ? "1 instance" : instances + " instances");
    }
    return complete;
  }

  private static void requireAlive(Deployment deployment) {
    deployment
        .failure()
        .ifPresent(failure -> {
          throw CommandException.failed(failure);
        });
  }

  private void awaitGateway(Deployment deployment) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!LocalHttp.answersOk(options.gatewayPort(), "/health/ready")) {
      requireAlive(deployment);
      if (System.nanoTime() - deadline > 0) {
        throw CommandException.failed(
            "the gateway is not ready after %d s; http://127.0.0.1:%d/health/ready says why"
                .formatted(PATIENCE.toSeconds(), options.gatewayPort()));
      }
      Thread.sleep(POLL);
    }
    table.ready("gateway", "http://127.0.0.1:" + options.gatewayPort());
  }
}
