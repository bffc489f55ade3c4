package io.bodybroker.testkit;

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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A {@code main} in a JVM of its own: what it prints, how it ends, and that it ends with the test.
 *
 * <pre>{@code
 * try (var service = JavaProgram.start(GreeterApp.class, Map.of("NATS_URL", nats.url()))) {
 *   service.awaitOutput("ready");
 *   assertThat(service.terminate().awaitEnd()).isZero();
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class JavaProgram implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(90);

  private final Path log;
  private final GuardedProcess process;

  private JavaProgram(Path log, GuardedProcess process) {
    this.log = log;
    this.process = process;
  }

  /**
   * Runs a program with the class path of the test.
   *
   * @param environment variables added to those of the test
   * @throws UncheckedIOException if it cannot be started
   */
  public static JavaProgram start(
      Class<?> main, Map<String, String> environment, String... arguments) {
    return start(main, entry -> true, environment, arguments);
  }

  /**
   * Runs a program with a part of the test's class path, such as all but what is only for tests.
   *
   * @param classPath which entries it gets
   * @param environment variables added to those of the test
   * @throws UncheckedIOException if it cannot be started
   */
  public static JavaProgram start(
      Class<?> main,
      Predicate<Path> classPath,
      Map<String, String> environment,
      String... arguments) {
    try {
      Path log = Files.createTempFile("bb-program-", ".log");
      return new JavaProgram(
          log, GuardedProcess.start(log, command(main, classPath, environment, arguments)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      Class<?> main,
      Predicate<Path> classPath,
      Map<String, String> environment,
      String... arguments) {
    var command = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What it costs is its start.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(classPath), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Absolute, because the program has a working directory of its own. */
  private static String classPath(Predicate<Path> wanted) {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Arrays.stream(entries)
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(wanted)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What it has printed so far, on both of its streams. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until it has printed this.
   *
   * @throws AssertionError if it ends before, or 90 s pass, with what it printed
   */
  public JavaProgram awaitOutput(String text) {
    Await.until(
        BOUND,
        "\"" + text + "\" in the output",
        () -> {
          boolean isAlive = process.isAlive();
          return output().contains(text) || !isAlive;
        });
    if (!output().contains(text)) {
      throw new AssertionError("it ended with " + process.exitStatus() + ":\n" + output());
    }
    return this;
  }

  /**
   * Waits until it has ended. Returns its exit status.
   *
   * @throws AssertionError if it has not within 90 s, with what it printed
   */
  public int awaitEnd() {
    if (!process.awaitEnd(BOUND)) {
      throw new AssertionError("still running:\n" + output());
    }
    return process.exitStatus();
  }

  /** The processes it has started, those that they have started, and so on. */
  public List<ProcessHandle> descendants() {
    return ProcessHandle.of(process.pid()).stream()
        .flatMap(handle -> handle.descendants())
        .toList();
  }

  /** Asks it to end (SIGTERM). */
  public JavaProgram terminate() {
    process.terminate();
    return this;
  }

  /**
   * Freezes it (SIGSTOP), as a machine does that is starved or moved: its connections stay open,
   * and what is sent to it waits.
   */
  public JavaProgram pause() {
    process.pause();
    return this;
  }

  /** Lets it go on (SIGCONT) where it was. */
  public JavaProgram resume() {
    process.send(GuardedProcess.Signal.CONT);
    return this;
  }

  /** Kills it (SIGKILL). */
  public JavaProgram kill() {
    process.kill();
    return this;
  }

  /** Kills it if it still runs. May be called twice. */
  @Override
  public void close() {
    process.kill();
    process.awaitEnd(BOUND);
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
