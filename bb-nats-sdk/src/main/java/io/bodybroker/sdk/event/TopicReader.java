package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import java.util.Optional;

/**
 * Events in the order of their stream. For one thread at a time.
 *
 * @param <T> the event
 */
public interface TopicReader<T extends Message> extends AutoCloseable {
  /** How many events there were for it when it was opened. */
  long waiting();

  /**
   * The next event; waits for it.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if it cannot be read on:
   *     whoever wants to opens another after the last sequence; {@code CANCELLED} if interrupted
   */
  TopicEvent<T> next();

  /**
   * The next of as many events as were {@link #waiting}; empty when those are read, or there is
   * none left, since the stream may have dropped some meanwhile. For reading what there is, and no
   * more.
   *
   * @throws io.bodybroker.sdk.error.ServiceException as {@link #next}
   */
  Optional<TopicEvent<T>> nextWaiting();

  @Override
  void close();
}
