package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.security.SecurityFiles;
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
  private final SecurityFiles security;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ConnectionRole, SupervisedConnection> byRole =
      new EnumMap<>(ConnectionRole.class);

  /** As the other constructor, and tells no metrics. */
  public Connections(BusConfig config) {
    this(config, new Metrics());
  }

  /**
   * Opens nothing yet, but for the files of keys and certificates.
   *
   * @throws io.bodybroker.sdk.config.ConfigException if one of them cannot be used
   */
  public Connections(BusConfig config, Metrics metrics) {
    this.config = config;
    this.metrics = metrics;
    this.security = SecurityFiles.open(config, metrics);
  }

  /** The keys and certificates that this process was configured with. */
  public SecurityFiles security() {
    return security;
  }

  /** The connection for a role; starts to connect on first use and does not wait for it. */
  public SupervisedConnection connection(ConnectionRole role) {
    lock.lock();
    try {
      return byRole.computeIfAbsent(
          role,
          absent -> {
            var connection = new SupervisedConnection(absent, config, security);
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
    security.close();
  }
}
