package io.bodybroker.sdk.event;

import com.google.protobuf.Message;

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

  @Override
  void close();
}
