package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.PullRequestOptions;
import io.nats.client.Subscription;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The entries of some keys in the order they were written, without a gap, or an error.
 *
 * <p>It is a short-lived pull consumer in the server's memory: pulling gives back-pressure, so a
 * slow reader loses nothing. Each message carries the consumer's own count; a number left out, a
 * heartbeat missed or a reconnect in between means that messages may be lost, and {@link #next}
 * says {@code UNAVAILABLE}; whoever wants to go on opens the next one after the last version seen.
 * (jnats' ordered consumers begin again by themselves, but give up when that fails while the server
 * is away.)
 *
 * <p>For one thread at a time.
 */
final class EntryStream implements AutoCloseable {
  private static final int BATCH = 256;
  private static final Duration PULL_EXPIRY = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT_PAUSE = Duration.ofSeconds(1);
  private static final int HEARTBEAT = 100;
  private static final int NO_MESSAGES = 404;
  private static final int PULL_ENDED = 408;

  private final Bucket bucket;
  private final Pace pace;
  private final Connection connection;
  private final long reconnects;
  private final String consumer;
  private final String inbox;
  private final Subscription subscription;
  private int outstanding;
  private long count;

  private EntryStream(
      JetStreamApi api, Bucket bucket, ConsumerConfiguration.Builder start, Pace pace) {
    this.bucket = bucket;
    this.pace = pace;
    this.connection = api.connection();
    this.reconnects = connection.getStatistics().getReconnects();
    this.consumer = "bb-" + NUID.nextGlobalSequence();
    this.inbox = connection.createInbox();
    try {
      this.subscription = connection.subscribe(inbox);
    } catch (IllegalStateException e) {
      throw ClientErrors.notSent("not connected to NATS: " + e.getMessage(), e);
    }
    try {
      api.management(connection).createConsumer(bucket.stream(), configuration(start));
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      close();
      bucket.forget();
      throw JetStreamApi.failed("bucket " + bucket.name(), e);
    }
  }

  /**
   * How it waits: the pause after which the server tells an idle reader that it is there, and the
   * silence that ends it.
   */
  record Pace(@Nullable Duration heartbeat, Duration patience) {
    /** For reading what there is: it comes at once, or something is wrong. */
    static Pace burst(Duration patience) {
      return new Pace(null, patience);
    }

    /** For waiting for what will come. */
    static Pace steady() {
      return new Pace(HEARTBEAT_PAUSE, HEARTBEAT_PAUSE.multipliedBy(3));
    }
  }

  /**
   * Begins with the last entry of each key, deletions included.
   *
   * @param filter the subjects of the keys
   */
  static EntryStream latest(JetStreamApi api, Bucket bucket, String filter, Pace pace) {
    var start = ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.LastPerSubject);
    return new EntryStream(api, bucket, start.filterSubject(filter), pace);
  }

  /**
   * Begins with the first entry after a version.
   *
   * @param filter the subjects of the keys
   */
  static EntryStream after(
      JetStreamApi api, Bucket bucket, String filter, long version, Pace pace) {
    var start =
        ConsumerConfiguration.builder()
            .deliverPolicy(DeliverPolicy.ByStartSequence)
            .startSequence(version + 1);
    return new EntryStream(api, bucket, start.filterSubject(filter), pace);
  }

  /**
   * Begins with the first entry after a version, without documents, and waits for what will come.
   *
   * @param filter the subjects of the keys
   */
  static EntryStream headersAfter(JetStreamApi api, Bucket bucket, String filter, long version) {
    var start =
        ConsumerConfiguration.builder()
            .deliverPolicy(DeliverPolicy.ByStartSequence)
            .startSequence(version + 1)
            .headersOnly(true);
    return new EntryStream(api, bucket, start.filterSubject(filter), Pace.steady());
  }

  private ConsumerConfiguration configuration(ConsumerConfiguration.Builder start) {
    return start
        .name(consumer)
        .ackPolicy(AckPolicy.None)
        .memStorage(true)
        .numReplicas(1)
        .inactiveThreshold(PULL_EXPIRY)
        .build();
  }

  /**
   * The next entry; waits for it as long as the server gives signs of life.
   *
   * @throws ServiceException {@code UNAVAILABLE}: entries may have been missed from here on; {@code
   *     CANCELLED}: interrupted
   */
  Entry next() {
    return next(() -> {});
  }

  /**
   * As {@link #next()}.
   *
   * @param whenIdle run each time before it waits because none is there yet
   */
  Entry next(Runnable whenIdle) {
    try {
      while (true) {
        if (outstanding == 0) {
          pull();
        }
        if (subscription.getPendingMessageCount() == 0) {
          whenIdle.run();
        }
        var message = subscription.nextMessage(pace.patience());
        if (message == null || connection.getStatistics().getReconnects() != reconnects) {
          throw broken(
              message == null
                  ? "silent for " + pace.patience()
                  : "the connection was lost in between");
        }
        if (message.isStatusMessage()) {
          onStatus(message);
        } else {
          return accept(message);
        }
      }
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("reading bucket " + bucket.name(), false, e);
    } catch (IllegalStateException e) {
      throw broken("the connection was closed");
    }
  }

  private Entry accept(Message message) {
    var meta = message.metaData();
    if (meta.consumerSequence() != count + 1) {
      throw broken("message " + (count + 1) + " was lost");
    }
    count++;
    outstanding--;
    return EntryHeaders.entry(
        bucket.key(message.getSubject()),
        message.getData(),
        meta.streamSequence(),
        message.getHeaders());
  }

  private void onStatus(Message message) {
    switch (message.getStatus().getCode()) {
      case HEARTBEAT -> {}
      case NO_MESSAGES, PULL_ENDED -> outstanding = 0;
      default -> throw broken(message.getStatus().getMessageWithCode());
    }
  }

  private void pull() {
    var options = PullRequestOptions.builder(BATCH).expiresIn(PULL_EXPIRY);
    if (pace.heartbeat() != null) {
      options.idleHeartbeat(pace.heartbeat());
    }
    var subject = "$JS.API.CONSUMER.MSG.NEXT." + bucket.stream() + "." + consumer;
    connection.publish(subject, inbox, options.build().serialize());
    outstanding = BATCH;
  }

  private ServiceException broken(String why) {
    return ClientErrors.notSent("bucket " + bucket.name() + " could not be read on: " + why, null);
  }

  /** Also tells the server, which would notice by itself after a while. */
  @Override
  public void close() {
    // jnats drops what an interrupted thread sends, and interrupting is how a watch is closed.
    boolean interrupted = Thread.interrupted();
    try {
      if (subscription.isActive()) {
        subscription.unsubscribe();
        connection.publish(
            "$JS.API.CONSUMER.DELETE." + bucket.stream() + "." + consumer, inbox, null);
      }
    } catch (IllegalStateException e) {
      // Not connected: then the server drops the consumer when nobody has pulled for a while.
      outstanding = 0;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
