package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.process.Addresses;
import io.bodybroker.cli.process.Program;
import io.bodybroker.cli.process.ProgramProcess;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.Ports;
import io.bodybroker.testkit.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Services as processes of their own, one or more of each, which can be killed and started again.
 * Not thread-safe.
 */
final class Troupe implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final NatsServer nats;
  private final RedisServer redis;
  private final Path logs;
  private final Map<String, Program> programs =
      Program.services().stream().collect(Collectors.toMap(Program::name, program -> program));
  private final Map<String, ProgramProcess> running = new LinkedHashMap<>();
  private final Map<String, Integer> healthPorts = new LinkedHashMap<>();

  Troupe(NatsServer nats, RedisServer redis, Path logs) {
    this.nats = nats;
    this.redis = redis;
    this.logs = logs;
  }

  /**
   * Starts instances side by side; does not wait until they are ready.
   *
   * @param instances such as {@code payment-1}
   */
  void start(List<String> instances) {
    for (String instance : instances) {
      int port = healthPorts.computeIfAbsent(instance, name -> Ports.find(1).getFirst());
      var name = "svc-" + instance.substring(0, instance.lastIndexOf('-'));
      var program = Objects.requireNonNull(programs.get(name), name);
      var addresses = new Addresses(nats.url(), redis.url(), 0, port);
      running.put(
          instance,
          ProgramProcess.start(
              program, instance, addresses, Map.of(), logs.resolve(instance + ".log")));
    }
  }

  /** Waits until an instance serves. */
  void awaitReady(String instance) {
    var url = "http://127.0.0.1:" + healthPorts.get(instance) + "/health/ready";
    Await.until(BOUND, instance + " to be ready", () -> isOk(url));
  }

  private static boolean isOk(String url) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2));
      return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // Nobody listens there yet.
      return false;
    }
  }

  /** Kills an instance (SIGKILL). */
  void kill(String instance) {
    var process = Objects.requireNonNull(running.remove(instance), instance);
    process.kill();
    assertThat(process.awaitEnd(BOUND)).as("%s has ended", instance).isTrue();
  }

  @Override
  public void close() {
    running.values().forEach(ProgramProcess::kill);
  }
}
