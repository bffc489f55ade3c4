package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.bodybroker.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores on one nats-server. */
final class DurableFixture implements StoreFixture {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final NatsServer server = NatsServer.start();
  private final Connection connection = connect(server.url());
  private final DurableStores stores = new DurableStores(() -> connection, 1, TIMEOUT);

  /** As the bus connects for its calls, but with a short wait. */
  static Connection connect(String url) {
    try {
      return Nats.connect(
          Options.builder()
              .servers(url.split(","))
              .maxReconnects(-1)
              .reconnectWait(Duration.ofMillis(100))
              .reconnectJitter(Duration.ofMillis(50))
              .reconnectBufferSize(0)
              .requestCleanupInterval(Duration.ofMillis(250))
              .build());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String freshBucket() {
    return "bucket-" + BUCKETS.incrementAndGet();
  }

  Connection connection() {
    return connection;
  }

  @Override
  public <T extends Message> Store<T> open(T defaultInstance) {
    return stores.open(freshBucket(), defaultInstance);
  }

  /** A store on the bucket of this name. */
  Store<StringValue> open(String bucket) {
    return stores.open(bucket, StringValue.getDefaultInstance());
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public void restart() {
    server.restart();
  }

  @Override
  public void pause() {
    server.pause();
  }

  @Override
  public void resume() {
    server.resume();
  }

  @Override
  public void close() {
    stores.close();
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
