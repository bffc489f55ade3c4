package io.bodybroker.sdk.internal;

import io.bodybroker.sdk.error.ServiceException;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream on some subjects, in the order they were written, without a gap, or an
 * error.
 *
 * <p>It is a short-lived pull consumer in the server's memory: pulling gives back-pressure, so a
 * slow reader loses nothing. Each message carries the consumer's own count; a number left out, a
 * heartbeat missed or a reconnect in between means that messages may be lost, and {@link #next}
 * says {@code UNAVAILABLE}; whoever wants to go on opens the next one after the last message seen.
 * (jnats' ordered consumers begin again by themselves, but give up when that fails while the server
 * is away.)
 *
 * <p>For one thread at a time.
 */
public final class StreamReader implements AutoCloseable {
  private static final int BATCH = 256;
  private static final Duration PULL_EXPIRY = Duration.ofSeconds(30);
  private static final int HEARTBEAT = 100;
  private static final int NO_MESSAGES = 404;
  private static final int PULL_ENDED = 408;

  private final JetStreamApi api;
  private final Source source;
  private final Pace pace;
  private final Connection connection;
  private final long reconnects;
  private final String consumer;
  private final String inbox;
  private final Subscription subscription;
  private final long waiting;
  private int outstanding;
  private long count;

  /** How many there still were after the last message; as the server counted when it sent it. */
  private long left;

  private StreamReader(
      JetStreamApi api, Source source, ConsumerConfiguration.Builder start, Pace pace) {
    this.api = api;
    this.source = source;
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
      var made = api.management(connection).createConsumer(source.stream(), configuration(start));
      this.waiting = made.getNumPending();
      this.left = waiting;
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      close();
      throw JetStreamApi.failed(source.what(), e);
    }
  }

  /**
   * What is read.
   *
   * @param stream the server's name of it
   * @param filter its subjects
   * @param what errors call it
   */
  public record Source(String stream, String filter, String what) {}

  /**
   * How it waits: the pause after which the server tells an idle reader that it is there, and the
   * silence that ends it.
   */
  public record Pace(@Nullable Duration heartbeat, Duration patience) {
    /** For reading what there is: it comes at once, or something is wrong. */
    public static Pace burst(Duration patience) {
      return new Pace(null, patience);
    }

    /** For waiting for what will come. */
    public static Pace steady(Duration heartbeat) {
      return new Pace(heartbeat, heartbeat.multipliedBy(3));
    }
  }

  /** Begins with the last message of each subject. */
  public static StreamReader latest(JetStreamApi api, Source source, Pace pace) {
    var start = ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.LastPerSubject);
    return new StreamReader(api, source, start, pace);
  }

  /** Begins with the first message after a sequence. */
  public static StreamReader after(JetStreamApi api, Source source, long sequence, Pace pace) {
    return new StreamReader(api, source, start(sequence), pace);
  }

  /** As {@link #after}; the messages come without their payloads. */
  public static StreamReader headersAfter(
      JetStreamApi api, Source source, long sequence, Pace pace) {
    return new StreamReader(api, source, start(sequence).headersOnly(true), pace);
  }

  /**
   * Begins where a consumer begins.
   *
   * @param start with a policy of delivery, and what goes with it
   */
  public static StreamReader from(
      JetStreamApi api, Source source, ConsumerConfiguration.Builder start, Pace pace) {
    return new StreamReader(api, source, start, pace);
  }

  private static ConsumerConfiguration.Builder start(long sequence) {
    return ConsumerConfiguration.builder()
        .deliverPolicy(DeliverPolicy.ByStartSequence)
        .startSequence(sequence + 1);
  }

  private ConsumerConfiguration configuration(ConsumerConfiguration.Builder start) {
    return start
        .name(consumer)
        .filterSubject(source.filter())
        .ackPolicy(AckPolicy.None)
        .memStorage(true)
        .numReplicas(1)
        .inactiveThreshold(PULL_EXPIRY)
        .build();
  }

  /** How many messages there were for it when it was opened. */
  public long waiting() {
    return waiting;
  }

  /**
   * The next of as many messages as there were when it was opened; empty when those are read, or
   * the stream has no further one, since they may be deleted meanwhile.
   *
   * @throws ServiceException as {@link #next()}
   */
  public Optional<Message> nextWaiting() {
    if (count >= waiting || left == 0) {
      return Optional.empty();
    }
    try {
      while (true) {
        var message = arrived();
        if (message.isPresent()) {
          return message;
        }
        if (subscription.getPendingMessageCount() == 0 && isAllRead()) {
          return Optional.empty();
        }
      }
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("reading " + source.what(), false, e);
    } catch (IllegalStateException e) {
      throw broken("the connection was closed");
    }
  }

  /** What the server sent before it answers is here when the answer is. */
  private boolean isAllRead() {
    try {
      long pending =
          api.management(connection).getConsumerInfo(source.stream(), consumer).getNumPending();
      return pending == 0 && subscription.getPendingMessageCount() == 0;
    } catch (IOException | JetStreamApiException e) {
      throw JetStreamApi.failed(source.what(), e);
    }
  }

  /**
   * The next message; waits for it as long as the server gives signs of life.
   *
   * @throws ServiceException {@code UNAVAILABLE}: messages may have been missed from here on;
   *     {@code CANCELLED}: interrupted
   */
  public Message next() {
    return next(() -> {});
  }

  /**
   * As {@link #next()}.
   *
   * @param whenIdle run each time before it waits because none is there yet
   */
  public Message next(Runnable whenIdle) {
    try {
      while (true) {
        if (subscription.getPendingMessageCount() == 0) {
          whenIdle.run();
        }
        var message = arrived();
        if (message.isPresent()) {
          return message.get();
        }
      }
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("reading " + source.what(), false, e);
    } catch (IllegalStateException e) {
      throw broken("the connection was closed");
    }
  }

  /** What comes next; empty if it is a sign of life alone. */
  private Optional<Message> arrived() throws InterruptedException {
    if (outstanding == 0) {
      pull();
    }
    var message = subscription.nextMessage(pace.patience());
    if (message == null || connection.getStatistics().getReconnects() != reconnects) {
      throw broken(
          message == null ? "silent for " + pace.patience() : "the connection was lost in between");
    }
    if (message.isStatusMessage()) {
      onStatus(message);
      return Optional.empty();
    }
    return Optional.of(accept(message));
  }

  private Message accept(Message message) {
    if (message.metaData().consumerSequence() != count + 1) {
      throw broken("message " + (count + 1) + " was lost");
    }
    count++;
    left = message.metaData().pendingCount();
    outstanding--;
    return message;
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
    var subject = "$JS.API.CONSUMER.MSG.NEXT." + source.stream() + "." + consumer;
    connection.publish(subject, inbox, options.build().serialize());
    outstanding = BATCH;
  }

  private ServiceException broken(String why) {
    return ClientErrors.notSent(source.what() + " could not be read on: " + why, null);
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
            "$JS.API.CONSUMER.DELETE." + source.stream() + "." + consumer, inbox, null);
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
