package io.bodybroker.sdk.health;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.function.ToDoubleFunction;

/**
 * The process as metrics, under the names that Prometheus' own Java client uses, so that boards
 * made for others fit. The JVM's beans are asked when somebody looks; the start asks none.
 */
final class ProcessMeters {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private static final Metric START =
      Metric.gauge("process_start_time_seconds", "When the process started, Unix time");
  private static final Metric UPTIME =
      Metric.gauge("process_uptime_seconds", "How long the process has run");
  private static final Metric CPU =
      Metric.counter("process_cpu_seconds_total", "CPU time of the process");
  private static final Metric FILES =
      Metric.gauge("process_open_fds", "Open files and sockets; 0 where it cannot be told");
  private static final Metric USED =
      Metric.gauge("jvm_memory_used_bytes", "Memory in use: heap or nonheap", "area");
  private static final Metric COMMITTED =
      Metric.gauge("jvm_memory_committed_bytes", "Memory taken from the system", "area");
  private static final Metric MAX =
      Metric.gauge("jvm_memory_max_bytes", "Most memory; -1 without a limit", "area");
  private static final Metric THREADS =
      Metric.gauge("jvm_threads_current", "Platform threads; virtual ones are not counted");
  private static final Metric COLLECTIONS =
      Metric.counter("jvm_gc_collections_total", "Garbage collections of all kinds");
  private static final Metric COLLECTING =
      Metric.counter("jvm_gc_collection_seconds_total", "Time spent collecting garbage");

  private ProcessMeters() {}

  static void register(Metrics metrics) {
    metrics.observe(
        START, () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND);
    metrics.observe(
        UPTIME, () -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND);
    metrics.observe(CPU, () -> system().getProcessCpuTime() / NANOS_PER_SECOND);
    metrics.observe(
        FILES,
        () ->
            system() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0);
    metrics.observe(THREADS, () -> ManagementFactory.getThreadMXBean().getThreadCount());
    metrics.observe(COLLECTIONS, () -> collectors(GarbageCollectorMXBean::getCollectionCount));
    metrics.observe(COLLECTING, () -> collectors(gc -> gc.getCollectionTime() / MILLIS_PER_SECOND));
    memory(metrics, USED, MemoryUsage::getUsed);
    memory(metrics, COMMITTED, MemoryUsage::getCommitted);
    memory(metrics, MAX, MemoryUsage::getMax);
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  private static void memory(Metrics metrics, Metric metric, ToDoubleFunction<MemoryUsage> figure) {
    metrics.observe(
        metric,
        () -> figure.applyAsDouble(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage()),
        "heap");
    metrics.observe(
        metric,
        () -> figure.applyAsDouble(ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage()),
        "nonheap");
  }

  private static double collectors(ToDoubleFunction<GarbageCollectorMXBean> figure) {
    return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToDouble(figure).sum();
  }
}
