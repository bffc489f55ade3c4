package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.Keys;
import io.bodybroker.sdk.internal.Replication;
import io.bodybroker.sdk.metrics.Metrics;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Opens durable stores: JetStream key-value buckets, replicated, for what a user would miss.
 *
 * <p>For the SDK itself, which has the connection; services ask their context for a store. Opening
 * asks no server: a bucket that does not exist is made on first use. Thread-safe.
 *
 * <p><b>A write that was not answered</b> ({@code UNAVAILABLE} with {@code mayHaveExecuted()}) may
 * have happened, or happen yet, if the server had it and only the answer was lost. {@link
 * Store#update} finds out by itself. After any other write the caller reads again and decides: a
 * repeated {@code put} of the same document is harmless, a repeated {@code compareAndSet} is
 * refused if the first one did happen.
 */
public final class DurableStores implements AutoCloseable {
  private static final int MAX_HISTORY = 64;

  private final JetStreamApi api;
  private final int replicas;
  private final StoreMeters meters;
  private final OpenWatches watches;

  /**
   * @param connections gives the connection to use at the moment, made with {@code
   *     reconnectBufferSize(0)}; may throw {@code UNAVAILABLE}
   * @param replicas of a bucket that has to be made: 1, 3 or 5, or 0 for as many as the cluster
   *     allows
   * @param timeout of one request to the server
   */
  public DurableStores(Supplier<Connection> connections, int replicas, Duration timeout) {
    this(connections, replicas, timeout, new Metrics());
  }

  /** As the other constructor says, and measured. */
  public DurableStores(
      Supplier<Connection> connections, int replicas, Duration timeout, Metrics metrics) {
    this.api = new JetStreamApi(connections, timeout);
    this.replicas = Replication.require(replicas);
    this.meters = new StoreMeters(metrics, "durable");
    this.watches = new OpenWatches(meters);
  }

  /** A store in the bucket of this name, which keeps the last document of each key. */
  public <T extends Message> Store<T> open(String bucket, T defaultInstance) {
    return open(bucket, defaultInstance, 1);
  }

  /**
   * A store whose bucket, if it has to be made, keeps earlier documents too, for those who look
   * into it with other tools.
   *
   * @param history entries kept for each key, 1 to 64
   */
  public <T extends Message> Store<T> open(String bucket, T defaultInstance, int history) {
    if (history < 1 || history > MAX_HISTORY) {
      throw new IllegalArgumentException(
          "history: " + history + " (expected: 1 to " + MAX_HISTORY + ")");
    }
    var opened = new Bucket(api, Keys.requireName(bucket), replicas, history);
    var backend = new DurableBackend(api, opened, watches);
    var near =
        new NearCache<T>(
            listener -> watches.start(new Invalidations(api, opened, listener)),
            meters.reads(bucket));
    return new DocumentStore<>(new MeasuredBackend(backend, meters), defaultInstance, near);
  }

  /**
   * What was committed to the bucket of this name, in order. The bucket keeps {@value
   * RevisionLog#HISTORY} revisions of each key from then on, so that one who reads late misses
   * none.
   */
  public <T extends Message> RevisionLog<T> revisions(String bucket, T defaultInstance) {
    var opened = new Bucket(api, Keys.requireName(bucket), replicas, RevisionLog.HISTORY);
    return new RevisionLog<>(api, opened, new DocumentCodec<>(defaultInstance));
  }

  /** Ends the watches; the connection belongs to somebody else. */
  @Override
  public void close() {
    watches.close();
  }
}
