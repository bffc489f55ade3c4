package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One run of a server program below a guard: a small shell that kills the program, and deletes its
 * directory, as soon as the pipe from this JVM ends. The kernel closes that pipe however the JVM
 * ends, so this also holds after SIGKILL, where no shutdown hook runs. The script is {@code
 * guard.sh}, beside this class.
 *
 * <p>Not thread-safe: {@link TestServer} lets its users take turns.
 */
final class GuardedProcess {

  /** What the guard can send, by the names POSIX gives to {@code kill -s}. */
  enum Signal {
    STOP,
    CONT,
    TERM,
    KILL
  }

  private final Process guard;
  private final Writer commands;
  private final BufferedReader answers;
  private final long pid;

  private GuardedProcess(Process guard) throws IOException {
    this.guard = guard;
    this.commands = guard.outputWriter(UTF_8);
    this.answers = guard.inputReader(UTF_8);
    this.pid = Long.parseLong(Objects.requireNonNull(answers.readLine(), "no process id"));
  }

  static GuardedProcess start(Path directory, Path log, List<String> command) throws IOException {
    var line =
        new ArrayList<>(List.of("sh", script(directory), directory.toString(), log.toString()));
    line.addAll(command);
    return new GuardedProcess(
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Process id of the server itself, not of its guard. */
  long pid() {
    return pid;
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  /** Returns once the signal has been sent; does nothing when the server has ended. */
  void send(Signal signal) {
    try {
      commands.write(signal + "\n");
      commands.flush();
      answers.readLine();
    } catch (IOException ended) {
      // A broken pipe is how one learns that server and guard have ended: then there is nobody to
      // signal.
      awaitEnd(Duration.ofSeconds(5));
    }
  }

  /**
   * Returns whether the server had ended within the bound; an interrupt ends the wait and stays
   * set.
   */
  boolean awaitEnd(Duration bound) {
    try {
      return guard.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !guard.isAlive();
    }
  }

  int exitStatus() {
    return guard.exitValue();
  }

  private static String script(Path directory) throws IOException {
    Path file = directory.resolve("guard.sh");
    try (InputStream in = GuardedProcess.class.getResourceAsStream("guard.sh")) {
      Files.copy(Objects.requireNonNull(in, "guard.sh"), file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file.toString();
  }
}
