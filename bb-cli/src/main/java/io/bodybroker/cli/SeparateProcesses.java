package io.bodybroker.cli;

import io.bodybroker.cli.process.Addresses;
import io.bodybroker.cli.process.Program;
import io.bodybroker.cli.process.ProgramProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JVM for each instance of each service and one for the gateway, as in production: each with its
 * own health port, counted up from the configured one. They log into the data directory, and end
 * with this process, however it ends.
 */
final class SeparateProcesses implements Deployment {
  private static final Duration DRAIN = Duration.ofSeconds(28);

  private final UpOptions options;
  private final List<ProgramProcess> running = new ArrayList<>();

  SeparateProcesses(UpOptions options) {
    this.options = options;
  }

  /** How many health ports {@code instances} of everything take. */
  static int healthPorts(int instances) {
    return Program.services().size() * instances + 1;
  }

  @Override
  public void start() {
    for (Program service : Program.services()) {
      for (int instance = 1; instance <= options.instances(); instance++) {
        launch(service, service.name() + "-" + instance);
      }
    }
    launch(Program.gateway(), "gateway");
  }

  private void launch(Program program, String instance) {
    int healthPort = options.healthPort() + running.size();
    var addresses =
        new Addresses(options.natsUrl(), options.redisUrl(), options.gatewayPort(), healthPort);
    Path log = options.logs().resolve(instance + ".log");
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running.add(ProgramProcess.start(program, instance, addresses, settings(), log));
  }

  /** Players sign in with tickets of this machine, unless the environment names an issuer. */
  private Map<String, String> settings() {
    return System.getenv("AUTH_ISSUER_KEYS") == null
        ? DevelopmentIssuer.in(options.data()).environment()
        : Map.of();
  }

  @Override
  public Optional<String> failure() {
    return running.stream()
        .filter(one -> !one.isAlive())
        .findFirst()
        .map(one ->
            "%s ended with status %d; why is in %s"
                .formatted(one.instance(), one.exitStatus(), one.log()));
  }

  /** All are told first, then waited for, so that they drain at the same time. */
  @Override
  public void close() {
    running.forEach(ProgramProcess::terminate);
    for (ProgramProcess one : running) {
      if (!one.awaitEnd(DRAIN)) {
        one.kill();
      }
    }
  }
}
