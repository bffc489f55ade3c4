package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.security.SecurityFiles;
import io.bodybroker.sdk.security.TlsClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens fast stores: Redis, alone or a cluster, for what expires or can be computed again.
 *
 * <p>For the SDK itself; services ask their context for a store. Nothing connects before it is
 * needed. Each document lives its time after its last write; then it is as if it had been deleted.
 * Versions go on rising, because they follow the server's clock. Thread-safe.
 *
 * <p>Every write is one round trip and has its effect once, even if it must be sent again. A
 * failover of Redis can lose writes it had acknowledged a moment before, and a watch tells expiry
 * only when it looks again, at most {@value #MAX_RESCAN_SECONDS} s later.
 */
public final class FastStores implements AutoCloseable {
  static final int MAX_RESCAN_SECONDS = 30;

  private static final Duration SHORTEST_LIFE = Duration.ofMillis(1);
  private static final Duration MIN_RESCAN = Duration.ofSeconds(2);
  private static final Duration MAX_RESCAN = Duration.ofSeconds(MAX_RESCAN_SECONDS);

  private final RedisConnections connections;
  private final RedisProbe probe;
  private final StoreMeters meters;
  private final OpenWatches watches;

  /**
   * @param url {@code redis://[user:password@]host:port[/database]}, {@code rediss://} for TLS; of
   *     a cluster one or more nodes, separated by commas
   * @param cluster whether it is a Redis Cluster
   * @param timeout of connecting, of one command, and of waiting for a free connection
   * @param size most connections, of a cluster to each node; watches have their own
   * @throws IllegalArgumentException if the URL is none; the message does not repeat it
   */
  public FastStores(String url, boolean cluster, Duration timeout, int size) {
    this(url, cluster, timeout, size, new Metrics());
  }

  /** As the other constructor says, and measured. */
  public FastStores(String url, boolean cluster, Duration timeout, int size, Metrics metrics) {
    this(url, cluster, timeout, size, metrics, TlsClient::withDefaults);
  }

  /**
   * As the other constructors say.
   *
   * @param security whom {@code rediss://} trusts and what it shows; the others trust whom the JVM
   *     trusts
   */
  public FastStores(
      String url,
      boolean cluster,
      Duration timeout,
      int size,
      Metrics metrics,
      SecurityFiles security) {
    this(
        url,
        cluster,
        timeout,
        size,
        metrics,
        () -> security.redis().orElseGet(TlsClient::withDefaults));
  }

  private FastStores(
      String url,
      boolean cluster,
      Duration timeout,
      int size,
      Metrics metrics,
      Supplier<TlsClient> tls) {
    if (size < 1) {
      throw new IllegalArgumentException("Redis connections: " + size + " (expected: at least 1)");
    }
    this.meters = new StoreMeters(metrics, "fast");
    this.watches = new OpenWatches(meters);
    var clients = new RedisClients(url, cluster, timeout, tls);
    this.connections = new RedisConnections(clients, timeout, size);
    this.probe = new RedisProbe(new RedisConnections(clients, timeout, 1));
  }

  /**
   * A store of this name.
   *
   * @param timeToLive of a document after its last write; at least 1 ms
   */
  public <T extends Message> Store<T> open(String name, T defaultInstance, Duration timeToLive) {
    var names = FastNames.of(name);
    return open(
        names, WriteScript.plain(names, requireLife(timeToLive)), defaultInstance, timeToLive);
  }

  /**
   * A store whose every write leaves its change in the {@linkplain #outbox outbox} of this name, in
   * the same step. It is another store than one of the same name without an outbox.
   *
   * @param timeToLive as in {@link #open}; that a document expires is no change
   * @param maxPending how many changes may wait to be published, at least {@value
   *     FastNames#PARTITIONS}. When there are more, writes are refused with {@code
   *     RESOURCE_EXHAUSTED}; counted for each partition, so a few busy keys reach it sooner
   */
  public <T extends Message> Store<T> openWithOutbox(
      String name, T defaultInstance, Duration timeToLive, int maxPending) {
    if (maxPending < FastNames.PARTITIONS) {
      throw new IllegalArgumentException(
          "pending changes: " + maxPending + " (expected: at least " + FastNames.PARTITIONS + ")");
    }
    var names = FastNames.withOutbox(name);
    var script =
        WriteScript.withOutbox(names, requireLife(timeToLive), maxPending / FastNames.PARTITIONS);
    return open(names, script, defaultInstance, timeToLive);
  }

  /** What writes to the store of this name with an outbox have left to be published. */
  public <T extends Message> Outbox<T> outbox(String name, T defaultInstance) {
    probe.start();
    return new Outbox<>(
        connections, FastNames.withOutbox(name), new DocumentCodec<>(defaultInstance));
  }

  private <T extends Message> Store<T> open(
      FastNames names, WriteScript script, T defaultInstance, Duration timeToLive) {
    probe.start();
    var backend = new FastBackend(connections, names, script, rescan(timeToLive), watches);
    return new DocumentStore<>(new MeasuredBackend(backend, meters), defaultInstance);
  }

  /** Whether a store was opened, so that Redis is needed. */
  public boolean isUsed() {
    return probe.isStarted();
  }

  /**
   * Why fast stores cannot be used now; empty if they can. Answers from what is known: once a store
   * is open, Redis is asked every second.
   */
  public Optional<String> problem() {
    return probe.problem();
  }

  /** Ends the watches and closes the connections. */
  @Override
  public void close() {
    probe.close();
    watches.close();
    connections.close();
  }

  private static Duration requireLife(Duration timeToLive) {
    if (timeToLive.compareTo(SHORTEST_LIFE) < 0) {
      throw new IllegalArgumentException(
          "time to live: " + timeToLive + " (expected: at least " + SHORTEST_LIFE + ")");
    }
    return timeToLive;
  }

  /** What lives shortly is looked for often. */
  private static Duration rescan(Duration timeToLive) {
    if (timeToLive.compareTo(MIN_RESCAN) < 0) {
      return MIN_RESCAN;
    }
    return timeToLive.compareTo(MAX_RESCAN) > 0 ? MAX_RESCAN : timeToLive;
  }
}
