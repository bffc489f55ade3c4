package io.bodybroker.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bodybroker.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A shell in which commands are given one after the other, as people do: what one sets, starts in
 * the background or changes to is there for the next. What still runs ends with it.
 */
final class Terminal implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(8);
  private static final long SECONDS_TO_END = 10;

  private final Path screen;
  private final Process shell;
  private final Writer input;
  private int blocks;

  /**
   * @param screen a file for what commands write
   */
  Terminal(Path directory, Map<String, String> environment, Path screen) throws IOException {
    this.screen = screen;
    var builder = new ProcessBuilder("bash").directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    shell = builder.redirectErrorStream(true).redirectOutput(screen.toFile()).start();
    input = shell.outputWriter(UTF_8);
    // Also when this JVM is killed: then the shell comes to the end of its input.
    type("trap 'kill $(jobs -p) 2>/dev/null' EXIT");
  }

  /** Gives commands and waits until the last of them, not in the background, has ended. */
  Result run(String commands) {
    blocks++;
    String end = "end of block " + blocks + ", status ";
    int begin = written().length();
    type(commands);
    type("echo '" + end + "'$?");
    String all =
        Await.untilSeen(BOUND, "an end of: " + commands, this::written, seen -> hasLine(seen, end));
    int at = all.indexOf(end);
    String status = all.substring(at + end.length()).lines().findFirst().orElseThrow();
    return new Result(all.substring(begin, at), Integer.parseInt(status));
  }

  /** A whole one, with the status. */
  private static boolean hasLine(String seen, String begin) {
    int at = seen.indexOf(begin);
    return at >= 0 && seen.indexOf('\n', at) >= 0;
  }

  private String written() {
    try {
      return Files.readString(screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void type(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(written(), e);
    }
  }

  @Override
  public void close() throws IOException {
    var started = shell.descendants().toList();
    try (input) {
      type("exit");
      if (!shell.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new AssertionError("the shell has not ended:\n" + written());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      started.forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }

  /**
   * How commands ended.
   *
   * @param output on both streams, of all of them
   * @param status of the last
   */
  record Result(String output, int status) {}
}
