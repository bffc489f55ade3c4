package io.bodybroker.sdk.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.bodybroker.sdk.error.ErrorCode;
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
import java.io.IOException;
import java.time.Duration;

/**
 * A {@link TopicReader} over a short-lived pull consumer in the server's memory. Pulling gives
 * back-pressure, so a slow reader loses nothing. Each message carries the consumer's own count; a
 * number left out, a heartbeat missed or a reconnect in between means that messages may be lost,
 * and then it ends.
 */
final class OrderedTopicReader<T extends com.google.protobuf.Message> implements TopicReader<T> {
  private static final int BATCH = 64;
  private static final Duration PULL_EXPIRY = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = HEARTBEAT.multipliedBy(3);
  private static final int HEARTBEAT_STATUS = 100;
  private static final int NO_MESSAGES = 404;
  private static final int PULL_ENDED = 408;

  private final String stream;
  private final TopicSubjects subjects;
  private final Parser<T> parser;
  private final Connection connection;
  private final long reconnects;
  private final String consumer;
  private final String inbox;
  private final Subscription subscription;
  private final long waiting;
  private int outstanding;
  private long count;

  OrderedTopicReader(
      JetStreamApi api,
      String stream,
      TopicSubjects subjects,
      Parser<T> parser,
      ConsumerConfiguration.Builder start) {
    this.stream = stream;
    this.subjects = subjects;
    this.parser = parser;
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
      this.waiting =
          api.management(connection).createConsumer(stream, configuration(start)).getNumPending();
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      subscription.unsubscribe();
      throw JetStreamApi.failed("stream " + stream, e);
    }
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

  @Override
  public long waiting() {
    return waiting;
  }

  @Override
  public TopicEvent<T> next() {
    try {
      while (true) {
        if (outstanding == 0) {
          pull();
        }
        var message = subscription.nextMessage(PATIENCE);
        if (message == null) {
          throw broken("silent for " + PATIENCE);
        }
        if (connection.getStatistics().getReconnects() != reconnects) {
          throw broken("the connection was lost in between");
        }
        if (message.isStatusMessage()) {
          onStatus(message);
        } else {
          return accept(message);
        }
      }
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("reading stream " + stream, false, e);
    } catch (IllegalStateException e) {
      throw broken("the connection was closed");
    }
  }

  private void pull() {
    var options =
        PullRequestOptions.builder(BATCH).expiresIn(PULL_EXPIRY).idleHeartbeat(HEARTBEAT).build();
    connection.publish(
        "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + consumer, inbox, options.serialize());
    outstanding = BATCH;
  }

  private void onStatus(Message message) {
    switch (message.getStatus().getCode()) {
      case HEARTBEAT_STATUS -> {}
      case NO_MESSAGES, PULL_ENDED -> outstanding = 0;
      default -> throw broken(message.getStatus().getMessageWithCode());
    }
  }

  private TopicEvent<T> accept(Message message) {
    var meta = message.metaData();
    if (meta.consumerSequence() != count + 1) {
      throw broken("message " + (count + 1) + " was lost");
    }
    count++;
    outstanding--;
    try {
      return new TopicEvent<>(
          meta.streamSequence(),
          subjects.topic(message.getSubject()),
          EventHeaders.read(message).delivery().id(),
          parser.parseFrom(message.getData()));
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(stream, meta.streamSequence(), e);
    }
  }

  static ServiceException unreadable(
      String stream, long sequence, InvalidProtocolBufferException cause) {
    return ClientErrors.client(
        ErrorCode.INTERNAL,
        "event %d of stream %s cannot be read: %s".formatted(sequence, stream, cause.getMessage()),
        false,
        cause);
  }

  private ServiceException broken(String why) {
    return ClientErrors.notSent("stream " + stream + " could not be read on: " + why, null);
  }

  /** Also tells the server, which would notice by itself after a while. */
  @Override
  public void close() {
    // jnats drops what an interrupted thread sends, and interrupting is how a reader is stopped.
    boolean interrupted = Thread.interrupted();
    try {
      if (subscription.isActive()) {
        subscription.unsubscribe();
        connection.publish("$JS.API.CONSUMER.DELETE." + stream + "." + consumer, inbox, null);
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
