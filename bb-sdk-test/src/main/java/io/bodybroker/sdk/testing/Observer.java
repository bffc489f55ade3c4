package io.bodybroker.sdk.testing;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One connection, made when it is first used. Thread-safe. */
final class Observer implements AutoCloseable {
  private final Options options;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection connection;

  Observer(List<String> urls) {
    this.options = Options.builder().servers(urls.toArray(String[]::new)).build();
  }

  Connection connection() {
    lock.lock();
    try {
      var open = connection;
      if (open == null) {
        open = Interruptible.await("a connection", () -> Nats.connect(options));
        connection = open;
      }
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      var open = connection;
      if (open != null) {
        Interruptible.await(
            "the end of a connection",
            () -> {
              open.close();
              return open;
            });
      }
    } finally {
      lock.unlock();
    }
  }
}
