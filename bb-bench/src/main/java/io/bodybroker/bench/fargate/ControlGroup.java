package io.bodybroker.bench.fargate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A control group of Linux with a share of the processors and of memory, version 1 or 2, until it
 * is closed. Processes join it by {@link #prefix}. Needs the right to make one: root, on a machine
 * or in a container that lets it.
 */
final class ControlGroup implements AutoCloseable {
  /** As Linux, Docker and Kubernetes have it by default. */
  static final int PERIOD_MICROS = 100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  private final boolean isUnified;
  private final Path cpu;
  private final Path accounting;
  private final Path memory;

  /** A benchmark that is interrupted leaves no group behind. */
  private final Thread atExit = new Thread(this::removeAtExit, "remove-control-group");

  private ControlGroup(boolean isUnified, Path cpu, Path accounting, Path memory) {
    this.isUnified = isUnified;
    this.cpu = cpu;
    this.accounting = accounting;
    this.memory = memory;
  }

  /**
   * Makes one.
   *
   * @param cores of processor time a second, 0.25
   * @throws IOException if the machine does not allow it
   */
  static ControlGroup create(String name, double cores, long memoryBytes) throws IOException {
    boolean isUnified = Files.exists(ROOT.resolve("cgroup.controllers"));
    var group =
        isUnified
            ? new ControlGroup(true, ROOT.resolve(name), ROOT.resolve(name), ROOT.resolve(name))
            : new ControlGroup(
                false,
                ROOT.resolve("cpu").resolve(name),
                ROOT.resolve("cpuacct").resolve(name),
                ROOT.resolve("memory").resolve(name));
    try {
      Runtime.getRuntime().addShutdownHook(group.atExit);
      group.make((long) (cores * PERIOD_MICROS), memoryBytes);
      return group;
    } catch (IOException e) {
      try {
        group.close();
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private void make(long quotaMicros, long memoryBytes) throws IOException {
    if (isUnified) {
      write(ROOT.resolve("cgroup.subtree_control"), "+cpu +memory");
    }
    for (Path folder : folders()) {
      if (!Files.isDirectory(folder)) { // two controllers may share one
        Files.createDirectory(folder);
      }
    }
    if (isUnified) {
      write(cpu.resolve("cpu.max"), quotaMicros + " " + PERIOD_MICROS);
      write(memory.resolve("memory.max"), String.valueOf(memoryBytes));
    } else {
      write(cpu.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
      write(cpu.resolve("cpu.cfs_quota_us"), String.valueOf(quotaMicros));
      write(memory.resolve("memory.limit_in_bytes"), String.valueOf(memoryBytes));
    }
  }

  private Set<Path> folders() {
    return new LinkedHashSet<>(List.of(cpu, accounting, memory));
  }

  /** Starts the command that follows it inside, from its first instruction on. */
  List<String> prefix() {
    var script = new StringBuilder();
    for (Path folder : folders()) {
      script.append("echo $$ > ").append(folder.resolve("cgroup.procs")).append(" && ");
    }
    return List.of("sh", "-c", script + "exec \"$@\"", "sh");
  }

  /**
   * What those inside have used since it was made.
   *
   * @param periods in which somebody wanted to run
   * @param throttled periods of those in which the share was used up and all had to wait
   */
  record Used(long cpuNanos, long periods, long throttled, long throttledNanos) {
    Used minus(Used before) {
      return new Used(
          cpuNanos - before.cpuNanos,
          periods - before.periods,
          throttled - before.throttled,
          throttledNanos - before.throttledNanos);
    }
  }

  Used used() throws IOException {
    Map<String, Long> stat = read(cpu.resolve("cpu.stat"));
    long cpuNanos =
        isUnified
            ? value(stat, "usage_usec") * 1_000
            : Long.parseLong(Files.readString(accounting.resolve("cpuacct.usage")).strip());
    return new Used(
        cpuNanos,
        value(stat, "nr_periods"),
        value(stat, "nr_throttled"),
        isUnified ? value(stat, "throttled_usec") * 1_000 : value(stat, "throttled_time"));
  }

  /** The most memory that was taken at a time, in bytes, files that were read included. */
  long mostMemory() throws IOException {
    String file = isUnified ? "memory.peak" : "memory.max_usage_in_bytes";
    return Long.parseLong(Files.readString(memory.resolve(file)).strip());
  }

  String version() {
    return isUnified ? "v2" : "v1";
  }

  private static Map<String, Long> read(Path file) throws IOException {
    var values = new HashMap<String, Long>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", 2);
      values.put(words[0], Long.valueOf(words[1].strip()));
    }
    return values;
  }

  private static long value(Map<String, Long> stat, String name) throws IOException {
    Long value = stat.get(name);
    if (value == null) {
      throw new IOException("no %s in cpu.stat (has %s)".formatted(name, stat.keySet()));
    }
    return value;
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(US_ASCII));
  }

  /** Ends whoever is inside and removes it. */
  @Override
  public void close() throws IOException {
    removeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      System.getLogger(ControlGroup.class.getName())
          .log(System.Logger.Level.DEBUG, "the hook runs already, and finds nothing", e);
    }
  }

  private void removeAtExit() {
    try {
      removeAll();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  private synchronized void removeAll() throws IOException {
    for (Path folder : folders()) {
      if (Files.isDirectory(folder)) {
        remove(folder);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!folder.toFile().delete()) { // refused while a process is inside, also one that is dead
      for (String pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("cannot remove the control group " + folder);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
