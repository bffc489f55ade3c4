package io.bodybroker.sdk.host;

import com.google.protobuf.Message;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.EventHandler;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.journal.Journal;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcService;
import io.bodybroker.sdk.store.Store;
import java.time.Duration;
import java.time.InstantSource;

/** What a service can ask of its host while it is configured. */
public interface ServiceContext {
  /** Serves a contract, once the host is connected and until it drains. */
  void serve(RpcService service);

  /** Documents a user would miss: on JetStream, replicated. Made if it does not exist. */
  <T extends Message> Store<T> durableStore(String name, T defaultInstance);

  /**
   * As {@link #durableStore(String, Message)}; and each revision that is committed to it becomes
   * the event that the feed makes of it, exactly once and in order, also if the process that
   * committed it dies at once. So "write and publish" is one step: the write.
   *
   * @throws IllegalArgumentException if no declared stream takes the feed's events, or another
   *     store of this host feeds one of them
   */
  <T extends Message> Store<T> durableStore(String name, T defaultInstance, FeedSpec<T> feed);

  /**
   * An append-only log, for what must never be changed or lost, such as money: a JetStream stream
   * of its own, replicated, without limits. Made if it does not exist.
   */
  <T extends Message> Journal<T> journal(String name, T defaultInstance);

  /**
   * As {@link #journal(String, Message)}; and each entry that is appended to it becomes the event
   * that the feed makes of it, as a {@link io.bodybroker.sdk.store.Change.Put} with the position as
   * version: exactly once and in order, also if the process that appended it dies at once.
   *
   * @throws IllegalArgumentException if no declared stream takes the feed's events, or another
   *     store or journal of this host feeds one of them
   */
  <T extends Message> Journal<T> journal(String name, T defaultInstance, FeedSpec<T> feed);

  /**
   * Documents that expire or can be computed again: on Redis. Each lives {@code timeToLive} after
   * its last write.
   */
  <T extends Message> Store<T> fastStore(String name, T defaultInstance, Duration timeToLive);

  /**
   * As {@link #fastStore(String, Message, Duration)}; and each write and each deletion that is
   * committed to it becomes the event that the feed makes of it, exactly once and for each key in
   * order, also if the process that committed it dies at once. That a document expires is no change
   * and makes no event.
   *
   * <p>What Redis forgets, by a failover or a restart, is forgotten with its event. While JetStream
   * is away, changes wait in Redis; with more than {@code redis.outbox-limit} of them, writes are
   * refused with {@code RESOURCE_EXHAUSTED}.
   *
   * <p>It is another store than one of the same name without a feed.
   *
   * @throws IllegalArgumentException if no declared stream takes the feed's events, or another
   *     store of this host feeds one of them
   */
  <T extends Message> Store<T> fastStore(
      String name, T defaultInstance, Duration timeToLive, FeedSpec<T> feed);

  /** Publishes events; see {@link Events}. */
  Events events();

  /**
   * Events of a type that is published under topics, which are this service's own; see {@link
   * TopicEvents}.
   *
   * @throws IllegalArgumentException if its contract declares no topics, or no declared stream
   *     takes it
   */
  <T extends Message> TopicEvents<T> topics(T defaultInstance);

  /**
   * Gives each event of a type to a handler while the host serves; at drain those at work are
   * finished. See {@link Events#consume}.
   *
   * @throws IllegalArgumentException if no declared stream takes the event
   */
  <T extends Message> void consume(ConsumerSpec<T> consumer, EventHandler<T> handler);

  /** Calls other services: {@code TimeManagerClient.on(context.caller())}. */
  RpcCaller caller();

  /** Metrics for {@code /metrics}, to which a service may add its own. */
  Metrics metrics();

  /** The clock; tests set it. */
  InstantSource clock();

  /**
   * Runs a task again and again on a virtual thread while the host serves, {@code pause} after the
   * previous run has ended. What it throws is logged, and it runs again. At drain it is interrupted
   * and waited for.
   */
  void repeat(String name, Duration pause, Runnable task);

  /**
   * Names this run of the host as no other is, for leases: the instance's name, which two processes
   * may have been given by mistake, and a random part.
   */
  String runId();
}
