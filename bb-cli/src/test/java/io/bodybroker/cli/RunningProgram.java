package io.bodybroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bodybroker.testkit.Await;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A {@code main} in a JVM of its own, and what it prints. Ends with the test. */
public final class RunningProgram implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(90);

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Thread reader;

  private RunningProgram(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("output").start(this::read);
  }

  /** Runs {@code bb} itself, without what is only there for tests. */
  public static RunningProgram bb(Map<String, String> environment, String... arguments) {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    return start(classPath, Main.class.getName(), environment, arguments);
  }

  /** Runs a program of the tests. */
  static RunningProgram ofTests(
      Class<?> main, Map<String, String> environment, String... arguments) {
    return start(System.getProperty("java.class.path"), main.getName(), environment, arguments);
  }

  private static RunningProgram start(
      String classPath, String main, Map<String, String> environment, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                main));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new RunningProgram(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String output() {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** Waits until it has printed this. */
  RunningProgram awaitOutput(String text) {
    Await.until(
        BOUND,
        "\"" + text + "\" in the output",
        () -> {
          if (!process.isAlive() && !output().contains(text)) {
            throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
          }
          return output().contains(text);
        });
    return this;
  }

  /** Waits until it has ended and all is printed; its exit status. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running:\n" + output());
      }
      reader.join(BOUND);
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Its children, theirs, and so on. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** SIGTERM; a Ctrl-C runs the same hooks. */
  RunningProgram terminate() {
    process.destroy();
    return this;
  }

  /** SIGKILL. */
  RunningProgram kill() {
    process.destroyForcibly();
    return this;
  }

  @Override
  public void close() {
    kill().awaitEnd();
  }
}
