package io.bodybroker.cli.process;

import io.bodybroker.testkit.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of a program in a JVM of its own, as in production. It ends with this process, however
 * that one ends. Not thread-safe, but {@link #isAlive} may be asked by any thread.
 */
public final class ProgramProcess {
  /** See {@code docs/decisions/jvm-flags.md}. */
  static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms16m",
          "-Xmx128m",
          "-XX:MaxMetaspaceSize=96m",
          "-XX:ReservedCodeCacheSize=48m",
          "-Xss512k");

  private final String instance;
  private final Path log;
  private final GuardedProcess process;

  private ProgramProcess(String instance, Path log, GuardedProcess process) {
    this.instance = instance;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts it; does not wait until it is ready.
   *
   * @param instance its name among those of the program
   * @param settings more of its environment
   * @param log what its output is appended to
   * @throws UncheckedIOException if it cannot be started
   */
  public static ProgramProcess start(
      Program program,
      String instance,
      Addresses addresses,
      Map<String, String> settings,
      Path log) {
    try {
      Files.createDirectories(log.getParent());
      return new ProgramProcess(
          instance,
          log,
          GuardedProcess.start(log, command(program, instance, addresses, settings)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      Program program, String instance, Addresses addresses, Map<String, String> settings) {
    var command = new ArrayList<>(List.of("env"));
    settings.forEach((name, value) -> command.add(name + "=" + value));
    command.add("NATS_URL=" + addresses.natsUrl());
    command.add("REDIS_URL=" + addresses.redisUrl());
    command.add("SERVICE_NAME=" + program.name());
    command.add("SERVICE_INSTANCE=" + instance);
    command.add("GATEWAY_HOST=127.0.0.1");
    command.add("GATEWAY_PORT=" + addresses.gatewayPort());
    command.add("HEALTH_HOST=127.0.0.1");
    command.add("HEALTH_PORT=" + addresses.healthPort());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", classPath(), program.mainClass()));
    command.addAll(program.arguments());
    return command;
  }

  /** Absolute, because a child process has a working directory of its own. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Its name among those of its program. */
  public String instance() {
    return instance;
  }

  /** Where its output is. */
  public Path log() {
    return log;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit status, once it has ended; 128 and the signal's number if a signal ended it. */
  public int exitStatus() {
    return process.exitStatus();
  }

  /** Asks it to end (SIGTERM); does not wait for it. */
  public void terminate() {
    process.terminate();
  }

  /** Kills it (SIGKILL). */
  public void kill() {
    process.kill();
  }

  /** Waits until it has ended. Returns whether it has. */
  public boolean awaitEnd(Duration bound) {
    return process.awaitEnd(bound);
  }
}
