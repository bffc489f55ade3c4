package io.bodybroker.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link Worker} in a JVM of its own. Not thread-safe. */
final class WorkerProcess implements AutoCloseable {
  /**
   * The collector that services run with on one core; enough heap that none of them is limited by
   * it, and all of it from the start. The rest is for Netty, on which gRPC and Armeria are: newer
   * JVMs warn about its transport; and without its way past the JVM's checks of memory it would be
   * slower than what users know.
   */
  static final List<String> FLAGS =
      Stream.concat(
              Stream.of(
                  "-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"),
              unsafeMemory())
          .toList();

  /** The first JDK that knows the flag; later ones warn without it, and Netty does without then. */
  private static final int KNOWS_UNSAFE_FLAG = 23;

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private final String address;

  private WorkerProcess(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.address = Words.text(answer(), "address");
  }

  static WorkerProcess start(
      Place place, Class<? extends Service> service, String role, String address)
      throws IOException {
    var command = new ArrayList<>(place.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags(place));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Worker.class.getName(), service.getName(), role, address));
    return start(command);
  }

  /**
   * A program that is no JVM, but talks as {@link Worker} does.
   *
   * @param command with the role and the address
   */
  static WorkerProcess start(List<String> command) throws IOException {
    return new WorkerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static Stream<String> unsafeMemory() {
    return Runtime.version().feature() >= KNOWS_UNSAFE_FLAG
        ? Stream.of("--sun-misc-unsafe-memory-access=allow")
        : Stream.empty();
  }

  /** Those of the place, and what the environment adds. */
  static List<String> flags(Place place) {
    var flags = new ArrayList<>(place.flags());
    String more = System.getenv("BB_BENCH_WORKER_FLAGS");
    if (more != null && !more.isBlank()) {
      flags.addAll(List.of(more.strip().split(" +", -1)));
    }
    return flags;
  }

  String address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /** Says a line and waits for the answer. */
  Map<String, String> ask(String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
    return answer();
  }

  private Map<String, String> answer() throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith(Worker.ANSWER)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException("a worker process has ended, and says why above");
    }
    return Words.of(line);
  }

  @Override
  public void close() throws IOException {
    commands.close(); // which ends it
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
