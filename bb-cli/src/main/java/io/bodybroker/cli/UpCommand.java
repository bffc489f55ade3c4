package io.bodybroker.cli;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.rpc.ServiceInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * {@code bb up}: a nats-server, a redis-server, every service on the class path and the gateway, on
 * this machine, until Ctrl-C.
 *
 * <p>What it shows as ready has answered: a service to a ping over NATS, the gateway on {@code
 * /health/ready}.
 */
final class UpCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(25);

  private final UpOptions options;
  private final StatusTable table = new StatusTable(System.out, Boolean.getBoolean("bb.terminal"));
  private final Opened opened = new Opened();
  private final CountDownLatch ended = new CountDownLatch(1);

  private UpCommand(UpOptions options) {
    this.options = options;
  }

  static void run(List<String> words) throws InterruptedException {
    UpOptions options = UpOptions.parse(words);
    options.requireFreePorts();
    CommandLogging.toFile(options.logs().resolve("bb-up.log"));
    new UpCommand(options).run();
  }

  private void run() throws InterruptedException {
    // By signal or by failure, the end is the same: everything opened is closed, last opened first.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("down").unstarted(this::end));
    try {
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
      greet();
      ended.await();
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void end() {
    opened.close();
    ended.countDown();
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
      var missing = new java.util.TreeSet<>(services);
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

  private void greet() {
    System.out.printf(
        "%nAll ready. Try:%n"
            + "  curl http://127.0.0.1:%1$d/v1/worlds/veridian/time%n"
            + "  curl http://127.0.0.1:%1$d/v1/worlds/veridian/weather%n"
            + "  curl http://127.0.0.1:%1$d/openapi.json%n"
            + "Health and metrics: http://127.0.0.1:%2$d/health/ready and /metrics%n"
            + "Logs: %3$s%n"
            + "Ctrl-C ends everything.%n",
        options.gatewayPort(), options.healthPort(), options.logs());
  }
}
