package io.bodybroker.cli;

import io.bodybroker.gateway.GatewayApp;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.testkit.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * A JVM for each instance of each service and one for the gateway, as in production: each with its
 * own health port, counted up from the configured one. They log into the data directory, and end
 * with this process, however it ends.
 */
final class SeparateProcesses implements Deployment {
  private static final Duration DRAIN = Duration.ofSeconds(28);

  /** See {@code docs/decisions/jvm-flags.md}. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms16m",
          "-Xmx128m",
          "-XX:MaxMetaspaceSize=96m",
          "-XX:ReservedCodeCacheSize=48m",
          "-Xss512k");

  private record Running(String name, Path log, GuardedProcess process) {}

  private final UpOptions options;
  private final List<Running> running = new ArrayList<>();

  SeparateProcesses(UpOptions options) {
    this.options = options;
  }

  /** How many health ports {@code instances} of everything take. */
  static int healthPorts(int instances) {
    return (int) ServiceLoader.load(ServiceModule.class).stream().count() * instances + 1;
  }

  @Override
  public void start() {
    for (ServiceModule module : ServiceLoader.load(ServiceModule.class)) {
      Path jar = jar(module);
      String name = jar.getFileName().toString().replaceFirst("(-[0-9].*)?\\.jar$", "");
      for (int instance = 1; instance <= options.instances(); instance++) {
        launch(mainClass(jar), name, name + "-" + instance);
      }
    }
    launch(GatewayApp.class.getName(), "gateway", "gateway");
  }

  private static Path jar(ServiceModule module) {
    try {
      return Path.of(module.getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where " + module.getClass() + " comes from", e);
    }
  }

  /** The jar's own main class, so that what runs here is what runs in production. */
  private static String mainClass(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch(String mainClass, String service, String instance) {
    int healthPort = options.healthPort() + running.size();
    var command = new ArrayList<>(List.of("env"));
    command.add("NATS_URL=" + options.natsUrl());
    command.add("REDIS_URL=" + options.redisUrl());
    command.add("SERVICE_NAME=" + service);
    command.add("SERVICE_INSTANCE=" + instance);
    command.add("GATEWAY_HOST=127.0.0.1");
    command.add("GATEWAY_PORT=" + options.gatewayPort());
    command.add("HEALTH_HOST=127.0.0.1");
    command.add("HEALTH_PORT=" + healthPort);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", classPath(), mainClass));
    Path log = options.logs().resolve(instance + ".log");
    try {
      Files.createDirectories(log.getParent());
      Files.deleteIfExists(log);
      running.add(new Running(instance, log, GuardedProcess.start(log, command)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Absolute, because a child process has a working directory of its own. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public Optional<String> failure() {
    return running.stream()
        .filter(one -> !one.process().isAlive())
        .findFirst()
        .map(one ->
            "%s ended with status %d; why is in %s"
                .formatted(one.name(), one.process().exitStatus(), one.log()));
  }

  /** All are told first, then waited for, so that they drain at the same time. */
  @Override
  public void close() {
    running.forEach(one -> one.process().terminate());
    for (Running one : running) {
      if (!one.process().awaitEnd(DRAIN)) {
        one.process().kill();
      }
    }
  }
}
