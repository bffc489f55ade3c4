package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.metrics.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of one process, one for each {@linkplain ConnectionRole role}, opened when first
 * asked for and closed together.
 *
 * <p>Thread-safe.
 */
public final class Connections implements AutoCloseable {
  private final BusConfig config;
  private final Metrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ConnectionRole, SupervisedConnection> byRole =
      new EnumMap<>(ConnectionRole.class);

  /** Opens nothing yet, and tells no metrics. */
  public Connections(BusConfig config) {
    this(config, new Metrics());
  }

  /** Opens nothing yet. */
  public Connections(BusConfig config, Metrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  /** The connection for a role; starts to connect on first use and does not wait for it. */
  public SupervisedConnection connection(ConnectionRole role) {
    lock.lock();
    try {
      return byRole.computeIfAbsent(
          role,
          absent -> {
            var connection = new SupervisedConnection(absent, config);
            metrics.whenRead(() -> ConnectionMeters.register(metrics, connection));
            connection.start();
            return connection;
          });
    } finally {
      lock.unlock();
    }
  }

  /** Those in use. */
  public List<SupervisedConnection> all() {
    lock.lock();
    try {
      return List.copyOf(byRole.values());
    } finally {
      lock.unlock();
    }
  }

  /** Closes all, what we serve first. */
  @Override
  public void close() {
    all().forEach(SupervisedConnection::close);
  }
}
