package io.bodybroker.bench.events;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * jnats by itself, doing the same: a message id with each message, file storage, as many replicas,
 * as many on their way in either direction, each message acknowledged.
 */
final class RawContender implements Contender {
  private static final String STREAM = "RAW";
  private static final String SUBJECT = "raw.weather.changed.v1";
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** As the SDK asks for: with the server's default of 1,000 fewer would be on their way. */
  private static final long MAX_ACK_PENDING = 8L * EventsBench.CONCURRENCY;

  private final Connection connection;
  private final JetStream jetStream;
  private final JetStreamManagement management;
  private final byte[] payload;
  private long published;
  private int consumers;

  /**
   * @param like the stream that the SDK has made, for all but name and subjects
   */
  RawContender(String urls, byte[] payload, StreamConfiguration like) throws Exception {
    this.connection =
        Nats.connect(Options.builder().servers(urls.split(",")).maxReconnects(-1).build());
    this.jetStream = connection.jetStream();
    this.management = connection.jetStreamManagement();
    this.payload = payload;
    management.addStream(StreamConfiguration.builder(like).name(STREAM).subjects("raw.>").build());
  }

  private PublishOptions nextId() {
    return PublishOptions.builder().messageId("raw:" + published++).build();
  }

  @Override
  public void publish(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      jetStream.publish(SUBJECT, payload, nextId());
    }
  }

  @Override
  public void publishAsync(int count) throws InterruptedException {
    var room = new Semaphore(EventsBench.IN_FLIGHT);
    var acknowledged = new Semaphore(0);
    for (int i = 0; i < count; i++) {
      room.acquire();
      var unused =
          jetStream
              .publishAsync(SUBJECT, payload, nextId())
              .whenComplete((done, failure) -> {
                room.release();
                if (failure == null) {
                  acknowledged.release();
                }
              });
    }
    requireAll(acknowledged.tryAcquire(count, BOUND.toSeconds(), TimeUnit.SECONDS));
  }

  @Override
  public void consume(int count) throws Exception {
    String name = "bench-" + consumers++;
    management.addOrUpdateConsumer(
        STREAM,
        ConsumerConfiguration.builder()
            .durable(name)
            .ackPolicy(AckPolicy.Explicit)
            .maxAckPending(MAX_ACK_PENDING)
            .build());
    var left = new CountDownLatch(count);
    var context = connection.getStreamContext(STREAM).getConsumerContext(name);
    try (var consumer =
        context.consume(message -> {
          message.ack();
          left.countDown();
        })) {
      requireAll(left.await(BOUND.toSeconds(), TimeUnit.SECONDS));
      consumer.stop();
    }
    connection.flush(BOUND);
  }

  private static void requireAll(boolean all) {
    if (!all) {
      throw new IllegalStateException("not all within " + BOUND);
    }
  }

  @Override
  public void close() throws InterruptedException {
    connection.close();
  }
}
