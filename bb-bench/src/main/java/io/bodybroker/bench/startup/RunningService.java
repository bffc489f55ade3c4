package io.bodybroker.bench.startup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bodybroker.testkit.GuardedProcess;
import io.bodybroker.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One run of a variant in a process of its own. For one thread. */
final class RunningService implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int ANSWER_MILLIS = 5_000;

  /** Between two looks: so much longer than it is, at most, a start is said to take. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private static final byte[] OK = "HTTP/1.1 200".getBytes(US_ASCII);

  private final Variant variant;
  private final Path log;
  private final int port;
  private final GuardedProcess process;
  private final long begin;

  private RunningService(Variant variant, Path log, int port, GuardedProcess process) {
    this.variant = variant;
    this.log = log;
    this.port = port;
    this.process = process;
    // The guard tells its process id as soon as it has forked.
    this.begin = System.nanoTime();
  }

  /**
   * Starts it; does not wait until it is ready.
   *
   * @param prefix what its command begins with
   */
  static RunningService start(Variant variant, List<String> prefix, String natsUrl)
      throws IOException {
    int port = Ports.find(1).getFirst();
    var command =
        new ArrayList<>(
            List.of(
                "env",
                "NATS_URL=" + natsUrl,
                "SERVICE_NAME=greeter",
                "HEALTH_HOST=127.0.0.1",
                "HEALTH_PORT=" + port));
    command.addAll(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(variant.flags());
    command.addAll(variant.program());
    Path log = Files.createTempFile("bb-bench-", ".log");
    return new RunningService(variant, log, port, GuardedProcess.start(log, command));
  }

  /**
   * Waits until it says that it serves. Returns how long that took, from the fork of its process.
   *
   * @throws IOException if it ends before, or takes more than a minute, with what it printed
   */
  Duration awaitReady() throws IOException, InterruptedException {
    byte[] request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            .formatted(variant.readyPath())
            .getBytes(US_ASCII);
    while (!isReady(request)) {
      if (!process.isAlive() || System.nanoTime() - begin > BOUND.toNanos()) {
        throw new IOException(variant + " is not ready:\n" + Files.readString(log, UTF_8));
      }
      Thread.sleep(PAUSE);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private boolean isReady(byte[] request) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write(request);
      return Arrays.equals(socket.getInputStream().readNBytes(OK.length), OK);
    } catch (IOException notListeningYet) {
      return false;
    }
  }

  /** The processor's time that it has had so far; none if the machine does not tell. */
  Duration processorTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Bytes that it has in memory now (RSS); pages that it shares with other processes count. */
  long residentBytes() throws IOException {
    return bytes(Path.of("/proc", Long.toString(process.pid()), "status"), "VmRSS:");
  }

  private static long bytes(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return 1024 * Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IOException(file + " has no " + name);
  }

  /** Asks it to end and waits until it has, so that it writes what it has to. */
  void end() throws IOException {
    process.terminate();
    if (!process.awaitEnd(BOUND)) {
      throw new IOException(variant + " did not end:\n" + Files.readString(log, UTF_8));
    }
  }

  /** Kills it if it still runs. */
  @Override
  public void close() throws IOException {
    process.kill();
    process.awaitEnd(BOUND);
    Files.delete(log);
  }
}
