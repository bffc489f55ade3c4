package io.bodybroker.bench.micro;

import io.bodybroker.sdk.internal.DirectMessage;
import io.bodybroker.sdk.internal.HeaderBlock;
import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A request's headers, from their values to the bytes on the wire, and from there to one value by
 * its name, as a server reads the timeout: the SDK's way against that of jnats. Without tracing a
 * call has one header, with all that it can have it has five.
 */
@State(Scope.Thread)
public class HeadersBenchmark {
  private static final byte[] EMPTY = {};
  private static final String TIMEOUT = "Bb-Timeout-Ms";
  private static final String[] NAMES = {
    "Bb-Request-Id", "Bb-Idempotency-Key", "traceparent", "Bb-User"
  };
  private static final String[] VALUES = {
    "01JDM6ZK3V5W2Q9T8R7Y6X4N1B",
    "01JDM6ZK3V5W2Q9T8R7Y6X4N1C",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "player-4711"
  };

  /** Headers beside the timeout. */
  @Param({"0", "4"})
  public int more;

  private long timeout = 2_000;
  private byte[] wire = new byte[512];
  private byte[] received = new byte[0];

  /** What is read is what is written. */
  @Setup
  public void receive() {
    received = Arrays.copyOf(wire, writeOurs());
  }

  /** As the SDK writes them. */
  @Benchmark
  public int writeOurs() {
    var headers = HeaderBlock.builder().put(TIMEOUT, timeout);
    for (int i = 0; i < more; i++) {
      headers.put(NAMES[i], VALUES[i]);
    }
    return headers.build().serializeToArray(0, wire);
  }

  /** As jnats writes them: a copy is made for the message, then its length is asked for. */
  @Benchmark
  public int writeJnats() {
    var headers = new Headers().put(TIMEOUT, String.valueOf(timeout));
    for (int i = 0; i < more; i++) {
      headers.put(NAMES[i], VALUES[i]);
    }
    var ofMessage = new Headers(headers, true);
    return ofMessage.serializedLength() + ofMessage.serializeToArray(0, wire);
  }

  /** As the SDK reads them. */
  @Benchmark
  public @Nullable String readOurs() {
    return new DirectMessage("echo", 1, null, received, EMPTY).firstHeader(TIMEOUT);
  }

  /** As jnats reads them: all, before anybody has asked for one. */
  @Benchmark
  public @Nullable String readJnats() {
    return new IncomingHeadersProcessor(received).getHeaders().getFirst(TIMEOUT);
  }
}
