package io.bodybroker.bench.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * What a JVM has used since it began.
 *
 * @param allocatedBytes on its heap; what virtual threads allocate is counted with their carriers
 */
public record Usage(long cpuNanos, long allocatedBytes) {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Usage now() {
    return new Usage(SYSTEM.getProcessCpuTime(), THREADS.getTotalThreadAllocatedBytes());
  }

  /** Nothing, where no process is watched. */
  static final Usage NONE = new Usage(0, 0);

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(cpuNanos + other.cpuNanos, allocatedBytes + other.allocatedBytes);
  }

  Usage minus(Usage before) {
    return new Usage(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
  }

  String encode() {
    return "cpu=" + cpuNanos + " allocated=" + allocatedBytes;
  }

  static Usage decode(Map<String, String> words) {
    return new Usage(Words.number(words, "cpu"), Words.number(words, "allocated"));
  }
}
