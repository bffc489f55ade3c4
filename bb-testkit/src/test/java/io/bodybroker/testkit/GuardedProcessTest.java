package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.GuardedProcess.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  @TempDir private Path directory;

  @Test
  void killsEveryServerWhenTheJvmIsKilled() throws IOException {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                ServersOfAVictim.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Left> servers = startedBy(victim.inputReader());
    try {
      assertThat(servers).hasSize(6).allMatch(Left::anything);

      victim.destroyForcibly();

      Await.untilSeen(
          BOUND,
          "processes and directories to vanish",
          () -> servers.stream().filter(Left::anything).toList(),
          List::isEmpty);
    } finally {
      victim.destroyForcibly();
      servers.forEach(Left::kill);
    }
  }

  @Test
  void passesOnTheServersExitStatus() throws IOException {
    GuardedProcess process = run("exit 7");

    assertThat(process.awaitEnd(BOUND)).isTrue();
    assertThat(process.exitStatus()).isEqualTo(7);
  }

  @Test
  void leavesNothingButTheLogOfAProgramThatHasEnded() throws IOException {
    Path log = directory.resolve("log");
    Set<Path> before = directoriesOfPrograms();
    GuardedProcess process = GuardedProcess.start(log, List.of("sh", "-c", "echo hello"));

    assertThat(process.awaitEnd(BOUND)).isTrue();

    assertThat(log).content().isEqualTo("hello\n");
    assertThat(directoriesOfPrograms()).isSubsetOf(before);
  }

  private static Set<Path> directoriesOfPrograms() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("bb-process-"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void sendsSignalsInOrderAndKillsAStoppedProcess() throws IOException {
    GuardedProcess process = run("trap 'echo asked' TERM; while :; do sleep 0.1; done");
    Await.until(BOUND, "process to be alive", process::isAlive);

    process.pause();
    assertThat(process.isAlive()).isTrue();
    process.send(Signal.KILL);

    assertThat(process.awaitEnd(BOUND)).isTrue();
    assertThat(process.exitStatus()).isEqualTo(128 + 9);
  }

  @Test
  void ignoresASignalForAProcessThatHasEnded() throws IOException {
    GuardedProcess process = run("exit 0");
    process.awaitEnd(BOUND);

    process.send(Signal.KILL);

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void saysWhenTheProgramCannotBeRun() throws IOException {
    Path log = Files.createFile(directory.resolve("log"));
    GuardedProcess process = GuardedProcess.start(directory, log, List.of("/no/such/server"));

    assertThat(process.awaitEnd(BOUND)).isTrue();
    assertThat(process.exitStatus()).isEqualTo(127);
    assertThat(log).content().contains("/no/such/server");
  }

  private GuardedProcess run(String script) throws IOException {
    Path log = Files.createFile(directory.resolve("log"));
    return GuardedProcess.start(directory, log, List.of("sh", "-c", script));
  }

  private static List<Left> startedBy(BufferedReader output) {
    return output
        .lines()
        .takeWhile(line -> !line.equals("ready"))
        .map(line -> line.split(" ", 2))
        .map(parts -> new Left(Long.parseLong(parts[0]), Path.of(parts[1])))
        .toList();
  }

  /** What a server may leave behind. */
  private record Left(long pid, Path directory) {

    boolean anything() {
      return ProcessHandle.of(pid).isPresent() || Files.exists(directory);
    }

    void kill() {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
