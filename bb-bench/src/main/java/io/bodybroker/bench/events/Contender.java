package io.bodybroker.bench.events;

/** One way to publish and consume events durably; two of them are compared. For one thread. */
interface Contender extends AutoCloseable {
  /** Publishes so many, one after the other, each acknowledged before the next is sent. */
  void publish(int count) throws Exception;

  /** Publishes so many with {@link EventsBench#IN_FLIGHT} on their way; returns when all are in. */
  void publishAsync(int count) throws Exception;

  /**
   * Consumes so many that are in the stream already, acknowledging each, with a durable pull
   * consumer that has not been used before.
   */
  void consume(int count) throws Exception;

  @Override
  void close() throws Exception;
}
