package io.bodybroker.bench.report;

import com.sun.management.OperatingSystemMXBean;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.ServerException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where it was measured and with what.
 *
 * @param facts by name, in the order in which they are to be told: processor, cores, memory,
 *     system, JDK, versions of libraries and servers, flags of the JVMs
 */
public record Machine(Map<String, String> facts) {
  private static final double GIB = 1 << 30;
  private static final Path CONTROL_GROUP = Path.of("/sys/fs/cgroup");

  /**
   * This machine, now; names neither it nor who uses it.
   *
   * @param workerFlags of the JVMs that are measured
   */
  public static Machine here(List<String> workerFlags) throws IOException, InterruptedException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var facts = new LinkedHashMap<String, String>();
    facts.put("processor", processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", gibibytes((double) system.getTotalMemorySize()));
    facts.put(
        "system",
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    facts.put("control group", controlGroup(CONTROL_GROUP));
    facts.put(
        "load average at the start",
        String.format(Locale.ROOT, "%.2f", system.getSystemLoadAverage()));
    facts.put(
        "JDK",
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
    facts.put("JVM flags where nothing else is said", String.join(" ", workerFlags));
    facts.put("nats-server", natsServer());
    facts.putAll(Libraries.versions());
    return new Machine(facts);
  }

  private static String gibibytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  /** Of either version; what has no limit is not told. */
  static String controlGroup(Path root) throws IOException {
    var limits = new StringBuilder();
    Optional<String> cpus = read(root.resolve("cpu.max"));
    if (cpus.isPresent() && !cpus.get().startsWith("max")) {
      String[] quota = cpus.get().split(" ", 2);
      limits.append(cpus(Double.parseDouble(quota[0]), Double.parseDouble(quota[1])));
    }
    Optional<String> quota = read(root.resolve("cpu/cpu.cfs_quota_us"));
    Optional<String> period = read(root.resolve("cpu/cpu.cfs_period_us"));
    if (quota.isPresent() && period.isPresent() && Double.parseDouble(quota.get()) > 0) {
      limits.append(cpus(Double.parseDouble(quota.get()), Double.parseDouble(period.get())));
    }
    var memory =
        read(root.resolve("memory.max"))
            .or(() -> unchecked(root.resolve("memory/memory.limit_in_bytes")));
    // Without a limit version 1 tells the greatest number of pages there is.
    if (memory.isPresent() && memory.get().matches("\\d{1,15}")) {
      limits
          .append(limits.isEmpty() ? "" : ", ")
          .append(gibibytes(Double.parseDouble(memory.get())));
    }
    return limits.isEmpty() ? "no limits" : limits.toString();
  }

  private static String cpus(double quota, double period) {
    return String.format(Locale.ROOT, "%.2f CPU", quota / period);
  }

  private static Optional<String> unchecked(Path file) {
    try {
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  private static String natsServer() throws IOException, InterruptedException {
    try (var server = NatsServer.start();
        Connection connection = Nats.connect(server.url())) {
      return connection.getServerInfo().getVersion();
    } catch (ServerException e) {
      return "none";
    }
  }
}
