package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.Keys;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.store.CommitLog;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens journals: JetStream streams of files, replicated, that keep every message for good.
 *
 * <p>For the SDK itself and for operators' tools, which have the connection; services ask their
 * context for a journal. Opening asks no server: a journal that does not exist is made on first
 * use. Thread-safe.
 */
public final class Journals {
  private final JetStreamApi api;
  private final Streams streams;
  private final JournalMeters meters;

  /**
   * Over a connection.
   *
   * @param connections gives the connection to use at the moment, made with {@code
   *     reconnectBufferSize(0)}; may throw {@code UNAVAILABLE}
   * @param streams makes the journals' streams
   * @param timeout of one request to the server
   */
  public Journals(
      Supplier<Connection> connections, Streams streams, Duration timeout, Metrics metrics) {
    this.api = new JetStreamApi(connections, timeout);
    this.streams = streams;
    this.meters = new JournalMeters(metrics);
  }

  /**
   * The stream of the journal of this name: {@code JOURNAL_name}, with a subject {@code
   * journal.name.key} for each key. It has no limits, and refuses to delete.
   */
  public static StreamSpec stream(String name) {
    String valid = Keys.requireName(name);
    return StreamSpec.builder("JOURNAL_" + valid, "journal." + valid + ".>").permanent().build();
  }

  /** The journal of this name. */
  public <T extends Message> Journal<T> open(String name, T defaultInstance) {
    return open(name, defaultInstance, null);
  }

  private <T extends Message> Journal<T> open(
      String name, T defaultInstance, @Nullable RecentEntries<T> recent) {
    var stream = new JournalStream(streams, name);
    return new JetStreamJournal<>(api, stream, defaultInstance, meters, recent);
  }

  /**
   * The journal of this name, with last entries in memory.
   *
   * @param followers is given what follows the journal, to be run again and again by one thread
   */
  public <T extends Message> Journal<T> openFollowed(
      String name, T defaultInstance, Consumer<Runnable> followers) {
    var recent = new RecentEntries<>(commits(name, defaultInstance));
    followers.accept(recent);
    return open(name, defaultInstance, recent);
  }

  /** What is appended to the journal of this name, in order, as changes of documents. */
  public <T extends Message> CommitLog<T> commits(String name, T defaultInstance) {
    return new JournalCommits<>(
        api, new JournalStream(streams, name), new EntryCodec<>(defaultInstance));
  }
}
