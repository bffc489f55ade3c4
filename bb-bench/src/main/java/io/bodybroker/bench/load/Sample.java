package io.bodybroker.bench.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one load has done in one round, and what it took.
 *
 * @param cpuNanos processor time of all processes that were watched
 * @param allocatedBytes on the heaps of those that are JVMs
 */
public record Sample(
    long calls, long errors, long nanos, Histogram latency, long cpuNanos, long allocatedBytes) {
  /** Calls that were answered, a second. */
  public double perSecond() {
    return calls * 1e9 / nanos;
  }

  /** In microseconds. */
  public double micros(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e3;
  }

  /** Processor time of a call, in microseconds. */
  public double cpuMicros() {
    return cpuNanos / 1e3 / calls;
  }

  /** Bytes of heap that a call takes. */
  public double bytesPerCall() {
    return (double) allocatedBytes / calls;
  }

  /** This, and what another process used meanwhile. */
  Sample plus(Usage other) {
    return new Sample(
        calls,
        errors,
        nanos,
        latency,
        cpuNanos + other.cpuNanos(),
        allocatedBytes + other.allocatedBytes());
  }

  String encode() {
    var buffer = ByteBuffer.allocate(latency.getNeededByteBufferCapacity());
    int length = latency.encodeIntoCompressedByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.flip().get(bytes, 0, length);
    return "calls=%d errors=%d nanos=%d cpu=%d allocated=%d latency=%s"
        .formatted(
            calls,
            errors,
            nanos,
            cpuNanos,
            allocatedBytes,
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Latencies are a histogram in its own encoding, or {@link Counts}. */
  static Sample decode(Map<String, String> words) {
    return new Sample(
        Words.number(words, "calls"),
        Words.number(words, "errors"),
        Words.number(words, "nanos"),
        words.containsKey("counts")
            ? Counts.decode(Words.text(words, "counts"))
            : histogram(Words.text(words, "latency")),
        Words.number(words, "cpu"),
        Words.number(words, "allocated"));
  }

  private static Histogram histogram(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    try {
      return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a histogram that cannot be read", e);
    }
  }
}
