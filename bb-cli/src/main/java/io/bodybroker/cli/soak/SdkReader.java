package io.bodybroker.cli.soak;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.ResponseStream;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a stream with the SDK, which opens it anew by itself; so that it ends at all is a failure.
 *
 * @param <R> its messages
 */
final class SdkReader<R extends Message> implements AutoCloseable {
  private final Sightings sightings;
  private final ResponseStream<R> stream;
  private final Function<R, OptionalLong> number;
  private volatile boolean isClosed;

  /**
   * Opens a stream and begins to read.
   *
   * @param number of a message; empty if it tells of nothing that was written
   */
  SdkReader(
      Sightings sightings, Supplier<ResponseStream<R>> opener, Function<R, OptionalLong> number) {
    this.sightings = sightings;
    this.stream = opener.get();
    this.number = number;
    Thread.ofVirtual().name("soak-stream").start(this::read);
  }

  private void read() {
    try {
      stream.forEach(message -> number.apply(message).ifPresent(sightings::saw));
      sightings.failed("it ended");
    } catch (ServiceException e) {
      if (!isClosed) {
        sightings.failed(e.code() + " " + e.message());
      }
    }
  }

  @Override
  public void close() {
    isClosed = true;
    stream.close();
  }
}
