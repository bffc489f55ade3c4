package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import io.bodybroker.testkit.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores on one redis-server. */
final class FastFixture implements StoreFixture {
  private static final AtomicInteger STORES = new AtomicInteger();

  private final RedisServer server = RedisServer.start();
  private final FastStores stores = new FastStores(server.url(), false, TIMEOUT, 16);

  private final boolean hasOutbox;

  FastFixture() {
    this(false);
  }

  private FastFixture(boolean hasOutbox) {
    this.hasOutbox = hasOutbox;
  }

  /** Stores that leave their changes in an outbox. */
  static FastFixture withOutbox() {
    return new FastFixture(true);
  }

  FastStores stores() {
    return stores;
  }

  static String freshName() {
    return "store-" + STORES.incrementAndGet();
  }

  @Override
  public <T extends Message> Store<T> open(T defaultInstance) {
    var life = Duration.ofMinutes(10);
    return hasOutbox
        ? stores.openWithOutbox(freshName(), defaultInstance, life, 1_000_000)
        : stores.open(freshName(), defaultInstance, life);
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
    server.close();
  }
}
