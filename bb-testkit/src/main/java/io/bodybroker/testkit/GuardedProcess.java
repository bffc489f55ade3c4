package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
public final class GuardedProcess {

  /** What the guard can send, by the names POSIX gives to {@code kill -s}. */
  enum Signal {
    STOP,
    CONT,
    HUP,
    TERM,
    KILL
  }

  private static final Duration STOP_BOUND = Duration.ofSeconds(10);

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

  /**
   * Runs a program of any kind below a guard, such as a service under test in a JVM of its own.
   *
   * @param log where its output goes, appended
   * @param command the program and its arguments
   */
  public static GuardedProcess start(Path log, List<String> command) throws IOException {
    return start(Files.createTempDirectory("bb-process-"), log, command);
  }

  static GuardedProcess start(Path directory, Path log, List<String> command) throws IOException {
    var line =
        new ArrayList<>(List.of("sh", script(directory), directory.toString(), log.toString()));
    // Ctrl-C in a terminal goes to a whole process group: in a session of its own, what runs below
    // the guard ends when it is told to by whoever started it, and in the order that one chooses.
    Executables.onPath(System.getenv("PATH"), "setsid")
        .ifPresent(setsid -> line.addFirst(setsid.toString()));
    line.addAll(command);
    return new GuardedProcess(
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Process id of the program itself, not of its guard. */
  public long pid() {
    return pid;
  }

  /** Whether the program runs. */
  public boolean isAlive() {
    return guard.isAlive();
  }

  /** Asks the program to end (SIGTERM); does not wait for it. */
  public void terminate() {
    send(Signal.TERM);
  }

  /** Kills the program (SIGKILL). */
  public void kill() {
    send(Signal.KILL);
  }

  /**
   * Freezes the program (SIGSTOP) and returns when it stands still. A signal that has been sent is
   * not yet obeyed: the kernel hands it to one thread, and until that one has had its turn on a
   * processor the others go on, for some 20 ms on a busy machine. Where there is no {@code /proc}
   * to see it in, returns once the signal has been sent.
   */
  void pause() {
    send(Signal.STOP);
    Await.until(STOP_BOUND, "process " + pid + " to stand still", this::isStoppedOrEnded);
  }

  private boolean isStoppedOrEnded() throws IOException {
    var threads = Path.of("/proc", Long.toString(pid), "task");
    if (!guard.isAlive() || !Files.isDirectory(threads)) {
      return true;
    }
    try (var each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        String stat = Files.readString(thread.resolve("stat"), ISO_8859_1);
        // proc_pid_stat(5): "id (name) state …", and a name may itself have parentheses.
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
    }
    return true;
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
  public boolean awaitEnd(Duration bound) {
    try {
      return guard.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !guard.isAlive();
    }
  }

  /** The program's exit status, once it has ended. */
  public int exitStatus() {
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
