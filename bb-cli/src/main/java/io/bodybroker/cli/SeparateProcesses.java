package io.bodybroker.cli;

import io.bodybroker.gateway.GatewayApp;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.testkit.GuardedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * A JVM for each instance of each service and one for the gateway, as in production: each with its
 * own health port, counted up from the configured one. They log into the data directory, and end
 * with this process, however it ends.
 */
final class SeparateProcesses implements Deployment {
  private static final Duration DRAIN = Duration.ofSeconds(28);
  private static final List<String> FLAGS =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final UpOptions options;
  private final List<GuardedProcess> running = new ArrayList<>();
  private int nextHealthPort;

  SeparateProcesses(UpOptions options) {
    this.options = options;
    this.nextHealthPort = options.healthPort();
  }

  @Override
  public void start() {
    for (ServiceModule module : ServiceLoader.load(ServiceModule.class)) {
      Path jar = jar(module);
      String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
      String main = main(jar);
      for (int instance = 1; instance <= options.instances(); instance++) {
        launch(main, name + "-" + instance);
      }
    }
    launch(GatewayApp.class.getName(), "gateway");
  }

  private static Path jar(ServiceModule module) {
    try {
      return Path.of(module.getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where " + module.getClass() + " comes from", e);
    }
  }

  /** The jar's own main class, so that what runs here is what runs in production. */
  private static String main(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch(String main, String name) {
    var command = new ArrayList<>(List.of("env"));
    command.add("NATS_URL=" + options.natsUrl());
    command.add("REDIS_URL=" + options.redisUrl());
    command.add("GATEWAY_HOST=127.0.0.1");
    command.add("GATEWAY_PORT=" + options.gatewayPort());
    command.add("HEALTH_HOST=127.0.0.1");
    command.add("HEALTH_PORT=" + nextHealthPort++);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    try {
      Path directory = Files.createDirectories(options.data().resolve("logs").toAbsolutePath());
      running.add(GuardedProcess.start(directory.resolve(name + ".log"), command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All are told first, then waited for, so that they drain at the same time. */
  @Override
  public void close() {
    running.forEach(GuardedProcess::terminate);
    for (GuardedProcess process : running) {
      if (!process.awaitEnd(DRAIN)) {
        process.kill();
      }
    }
  }
}
