package io.bodybroker.cli.proof;

import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A program of a proof in a JVM of its own, which ends with this one. For one thread. */
final class Child implements AutoCloseable {
  private static final Duration START_BOUND = Duration.ofSeconds(90);
  private static final Duration END_BOUND = Duration.ofSeconds(30);

  private final String name;
  private final Path log;
  private final GuardedProcess process;

  private Child(String name, Path log, GuardedProcess process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** How children are started: where they log, and how their JVM finds the stream of proofs. */
  record Nursery(Path logs, Path declarations) {
    static Nursery in(Path logs) {
      Path jar = logs.resolve("declarations.jar").toAbsolutePath();
      try {
        Files.createDirectories(logs);
        removeArchives(logs);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
          out.putNextEntry(
              new ZipEntry("META-INF/services/" + StreamCatalog.Provider.class.getName()));
          out.write(ProofStreams.class.getName().getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Nursery(logs, jar);
    }

    /** Those of other class paths. */
    private static void removeArchives(Path logs) throws IOException {
      try (var archives = Files.newDirectoryStream(logs, "*.jsa")) {
        for (Path archive : archives) {
          Files.delete(archive);
        }
      }
    }

    /**
     * Starts a program; does not wait for anything.
     *
     * @param name of its log, which is begun anew
     * @param environment what it is told by variables
     * @param arguments and by words
     */
    Child start(String name, String main, Map<String, String> environment, String... arguments) {
      Path log = logs.resolve(name + ".log").toAbsolutePath();
      try {
        Files.deleteIfExists(log);
        return new Child(
            name, log, GuardedProcess.start(log, command(main, environment, arguments)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> command(
        String main, Map<String, String> environment, String... arguments) {
      var command = new ArrayList<>(List.of("env"));
      environment.forEach((variable, value) -> command.add(variable + "=" + value));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // Most of them are killed soon: what they cost is their start.
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"));
      List<String> classPath = classPath();
      if (classPath.stream().allMatch(entry -> Files.isRegularFile(Path.of(entry)))) {
        Path archive = archive(main);
        command.add(
            Files.exists(archive)
                ? "-XX:SharedArchiveFile=" + archive
                : "-XX:+RecordDynamicDumpInfo");
      }
      String entries = String.join(File.pathSeparator, classPath);
      command.addAll(List.of("-cp", declarations + File.pathSeparator + entries, main));
      command.addAll(List.of(arguments));
      return command;
    }

    /** Classes as a JVM has them in memory (CDS): most of a start is to load them. */
    private Path archive(String main) {
      return logs.resolve(main + ".jsa").toAbsolutePath();
    }

    /**
     * Keeps what a program has loaded for all that are started after it. Where the class path has
     * directories, as in tests, a JVM cannot keep it, and each start costs what it costs.
     */
    void keepClassesOf(Child child, String main) {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      try {
        new ProcessBuilder(
                jcmd.toString(),
                String.valueOf(child.process.pid()),
                "VM.cds",
                "dynamic_dump",
                archive(main).toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(child.log.toFile()))
            .start()
            .waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Absolute, because a child process has a working directory of its own. */
    private static List<String> classPath() {
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(entry -> Path.of(entry).toAbsolutePath().toString())
          .toList();
    }
  }

  /** What it has printed so far. */
  String output() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until it has printed this.
   *
   * @throws IllegalStateException if it ends before, or 90 s pass
   */
  void awaitOutput(String text) {
    awaitOutput(text, () -> {});
  }

  /** As the other does, and does something again and again meanwhile. */
  void awaitOutput(String text, Runnable meanwhile) {
    try {
      Await.until(
          START_BOUND,
          name + " to say \"" + text + "\"",
          () -> {
            meanwhile.run();
            return says(text) || !isAlive();
          });
    } catch (AssertionError late) {
      throw new IllegalStateException(late.getMessage() + "; its log is " + log, late);
    }
    if (!says(text)) {
      throw new IllegalStateException(name + " has ended; its log is " + log);
    }
  }

  boolean says(String text) {
    return output().contains(text);
  }

  /** Kills it (SIGKILL) and waits until it has ended. */
  void kill() {
    process.kill();
    process.awaitEnd(END_BOUND);
  }

  /** Asks it to end (SIGTERM), waits, and returns its exit status. */
  int terminate() {
    process.terminate();
    return awaitEnd();
  }

  /** Waits until it has ended by itself. Returns its exit status. */
  int awaitEnd() {
    return awaitEnd(END_BOUND);
  }

  /** As the other does; one that takes longer is killed, and its status tells. */
  int awaitEnd(Duration bound) {
    if (!process.awaitEnd(bound)) {
      process.kill();
      process.awaitEnd(END_BOUND);
    }
    return process.exitStatus();
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }
}
