package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * The messages that answer one request, read one after the other as they come.
 *
 * {@snippet file="io/bodybroker/sdk/rpc/StreamTest.java" region="read"}
 *
 * <p>The writer never gets further ahead than the window of this stream ({@code stream.window}), so
 * a slow reader costs bounded memory, on both sides. Whoever opens a stream closes it; closing one
 * that has not ended stops the writer. To be read by one thread at a time; {@link #close} may come
 * from any.
 *
 * @param <R> the response
 */
public interface ResponseStream<R extends Message> extends Iterable<R>, AutoCloseable {
  /**
   * The next message; waits for it.
   *
   * @return empty if the handler has sent all it had
   * @throws io.bodybroker.sdk.error.ServiceException the handler's error, after all messages it
   *     sent before; {@code UNAVAILABLE} if the handler's instance or the connection was lost, so
   *     that messages may be missing; {@code CANCELLED} if the stream was closed, or this thread is
   *     interrupted, with its interrupt status kept. After an error every call throws it again.
   */
  Optional<R> next();

  /**
   * Waits until {@link #next} would not, because a message, the end or an error has come.
   *
   * @return whether that is so; false when the time is up
   * @throws io.bodybroker.sdk.error.ServiceException {@code CANCELLED} if this thread is
   *     interrupted, with its interrupt status kept
   */
  boolean awaitNext(Duration timeout);

  /**
   * The rest of the messages, each call of {@code hasNext} or {@code next} being one of {@link
   * #next()}; there is one such sequence, however many iterators.
   */
  @Override
  default Iterator<R> iterator() {
    return new ResponseIterator<>(this);
  }

  /** Ends the stream; its writer stops within a second. May be called twice. */
  @Override
  void close();
}
