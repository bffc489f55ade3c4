package io.bodybroker.cli.permissions;

import io.bodybroker.sdk.deadletter.DeadLetterStreams;
import io.bodybroker.sdk.event.ConsumerCatalog;
import io.bodybroker.sdk.journal.Journals;
import io.bodybroker.sdk.stream.StreamSpec;
import java.util.List;

/**
 * Subjects of JetStream's API (nats-server, {@code server/jetstream_api.go}) that go with what the
 * SDK does.
 *
 * <p>None makes, changes or deletes a stream: who may do that decides which subjects it collects,
 * and so could read everything. That is for an operator.
 */
final class JetStreamSubjects {
  private static final String API = "$JS.API.";
  private static final String ACK = "$JS.ACK.";

  private JetStreamSubjects() {}

  /** Looks whether a stream is there, as it is declared. */
  static String look(String stream) {
    return API + "STREAM.INFO." + stream;
  }

  /** Reads and writes the documents of a store, and watches them. */
  static void store(Grant.Builder grant, String store) {
    String stream = bucket(store);
    grant.publish("$KV." + store + ".>");
    read(grant, stream);
  }

  /** Appends to a journal, and reads it. */
  static void journal(Grant.Builder grant, String journal) {
    StreamSpec spec = Journals.stream(journal);
    grant.publish(spec.subjects().toArray(String[]::new));
    read(grant, spec.name());
  }

  private static void read(Grant.Builder grant, String stream) {
    grant.publish(
        look(stream),
        API + "STREAM.MSG.GET." + stream,
        API + "CONSUMER.CREATE." + stream + ".>",
        API + "CONSUMER.MSG.NEXT." + stream + ".*",
        API + "CONSUMER.DELETE." + stream + ".*");
  }

  /**
   * Notes how far the events of changes have come.
   *
   * @param source the store, or the journal's stream
   */
  static void feedPosition(Grant.Builder grant, String source) {
    String stream = bucket("feeds");
    grant.publish("$KV.feeds." + source, look(stream), API + "STREAM.MSG.GET." + stream);
  }

  /** Reads which event of its changes is the last that its stream has. */
  static void readLast(Grant.Builder grant, String stream) {
    grant.publish(API + "STREAM.MSG.GET." + stream);
  }

  static String bucket(String store) {
    return "KV_" + store;
  }

  /**
   * Takes events from a stream with one durable consumer, and what comes back to it from the
   * dead-letter queue with another, and buries those it cannot apply.
   */
  static void consume(Grant.Builder grant, StreamSpec stream, String consumer) {
    String advisories = DeadLetterStreams.ADVISORIES.name();
    for (String each : List.of(consumer, ConsumerCatalog.redriven(consumer))) {
      durable(grant, stream.name(), each);
      durable(grant, advisories, stream.name() + "-" + each);
    }
    grant.publish(look(stream.name()), API + "STREAM.MSG.GET." + stream.name(), look(advisories));
  }

  /**
   * Reads a stream and takes events from it with durable consumers of any name, which it makes and
   * removes; the stream is its own. NATS has no wildcard for a part of a name, so it may also make
   * consumers of advisories, which tell of other services' consumers, but remove none.
   */
  static void topics(Grant.Builder grant, StreamSpec stream) {
    durable(grant, stream.name(), "*");
    durable(grant, DeadLetterStreams.ADVISORIES.name(), "*");
    grant.publish(
        look(stream.name()),
        look(DeadLetterStreams.ADVISORIES.name()),
        API + "STREAM.MSG.GET." + stream.name(),
        API + "CONSUMER.DELETE." + stream.name() + ".*");
  }

  private static void durable(Grant.Builder grant, String stream, String consumer) {
    String both = stream + "." + consumer;
    grant.publish(
        API + "CONSUMER.INFO." + both,
        API + "CONSUMER.CREATE." + both,
        API + "CONSUMER.CREATE." + both + ".>",
        API + "CONSUMER.DURABLE.CREATE." + both,
        API + "CONSUMER.MSG.NEXT." + both,
        ACK + both + ".>");
  }

  /** Puts dead letters into the queue. */
  static void bury(Grant.Builder grant, String service) {
    grant.publish("dlq." + service + ".>", look(DeadLetterStreams.QUEUE.name()));
  }

  /** All of it: for an operator. */
  static void operate(Grant.Builder grant) {
    grant.publish(API + ">", ACK + ">", "$JS.SNAPSHOT.>", "$KV.>", "dlq.>");
  }
}
