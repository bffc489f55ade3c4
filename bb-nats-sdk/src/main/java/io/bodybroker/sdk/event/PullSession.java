package io.bodybroker.sdk.event;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.Pings;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pulls messages from a durable consumer, until something breaks: exactly as many as there is room
 * for, so that none waits here while another instance is idle.
 *
 * <p>The room is a semaphore. A message that was asked for holds one permit of it, which goes on to
 * whoever handles the message. {@link #next} is for one thread; {@link #refill} for any.
 */
final class PullSession implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PullSession.class.getName());
  private static final Duration EXPIRY = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = HEARTBEAT.multipliedBy(3);
  private static final Duration GOODBYE = Duration.ofMillis(500);
  private static final String PENDING = "Nats-Pending-Messages";
  private static final int HEARTBEAT_STATUS = 100;
  private static final int PULL_ENDED = 408;

  private final ServerConsumer consumer;
  private final Semaphore room;
  private final int batch;
  private final Connection connection;
  private final long reconnects;
  private final String inbox;
  private final Subscription subscription;
  private final AtomicInteger outstanding = new AtomicInteger();
  private volatile boolean isClosed;

  /**
   * @param room for messages; given back by whoever handles one
   * @param concurrency all the room there is
   */
  PullSession(JetStreamApi api, ServerConsumer consumer, Semaphore room, int concurrency) {
    this.consumer = consumer;
    this.room = room;
    this.batch = Math.max(1, concurrency / 2);
    this.connection = api.connection();
    this.reconnects = connection.getStatistics().getReconnects();
    this.inbox = connection.createInbox();
    try {
      this.subscription = connection.subscribe(inbox);
    } catch (IllegalStateException e) {
      throw ClientErrors.notSent("not connected to NATS: " + e.getMessage(), e);
    }
  }

  /**
   * The next message, with a permit of the room.
   *
   * @throws ServiceException {@code UNAVAILABLE}: the session is over
   */
  Message next() throws InterruptedException {
    try {
      while (true) {
        pull();
        var message = subscription.nextMessage(PATIENCE);
        if (connection.getStatistics().getReconnects() != reconnects) {
          throw broken("the connection was lost in between");
        }
        if (message == null) {
          if (outstanding.get() > 0) {
            throw broken("silent for " + PATIENCE);
          }
        } else if (message.isStatusMessage()) {
          onStatus(message);
        } else {
          outstanding.decrementAndGet();
          return message;
        }
      }
    } catch (IllegalStateException e) {
      throw broken("the connection was closed");
    }
  }

  /** There is room again; what comes of it, {@link #next} tells. */
  void refill() {
    try {
      pull();
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the session of " + consumer.name() + " is about to end", e);
    }
  }

  /** Asks for as many as there is room for, unless enough are on their way. */
  private void pull() {
    if (isClosed) {
      return;
    }
    int onTheirWay = outstanding.get();
    if (onTheirWay > 0 && room.availablePermits() < batch) {
      return;
    }
    int count = room.drainPermits();
    if (count == 0) {
      return;
    }
    outstanding.addAndGet(count);
    try {
      ask(count);
    } finally {
      if (isClosed) {
        giveAllBack(); // closed meanwhile: nobody else would
      }
    }
  }

  private void giveAllBack() {
    room.release(outstanding.getAndSet(0));
  }

  private void ask(int count) {
    var options =
        PullRequestOptions.builder(count).expiresIn(EXPIRY).idleHeartbeat(HEARTBEAT).build();
    var subject = "$JS.API.CONSUMER.MSG.NEXT." + consumer.stream().name() + "." + consumer.name();
    connection.publish(subject, inbox, options.serialize());
  }

  private void onStatus(Message message) {
    var status = message.getStatus();
    switch (status.getCode()) {
      case HEARTBEAT_STATUS -> {}
      case PULL_ENDED -> giveBack(message);
      default -> throw broken(status.getMessageWithCode());
    }
  }

  /** Of a pull that has ended, the server tells how many it did not send. */
  private void giveBack(Message message) {
    var headers = message.getHeaders();
    var text = headers == null ? null : headers.getFirst(PENDING);
    int count = text == null ? outstanding.get() : Integer.parseInt(text);
    outstanding.addAndGet(-count);
    room.release(count);
  }

  private void giveBackWhatCame(Duration patience) throws InterruptedException {
    // At most what was asked for: what goes back may come here again.
    int most = outstanding.get();
    Message left;
    while (most > 0 && (left = subscription.nextMessage(patience)) != null) {
      if (!left.isStatusMessage()) {
        Acks.nak(connection, left, Duration.ZERO);
        most--;
      }
    }
  }

  private ServiceException broken(String why) {
    return ClientErrors.notSent(
        "consumer %s of stream %s: %s".formatted(consumer.name(), consumer.stream().name(), why),
        null);
  }

  /** Takes no more; what has come and was not handed out goes back to the server. */
  @Override
  public void close() {
    // jnats drops what an interrupted thread sends, and interrupting is how a consumer is stopped.
    boolean interrupted = Thread.interrupted();
    isClosed = true;
    try {
      if (Pings.drain(connection, subscription, GOODBYE).isPresent()) {
        giveBackWhatCame(GOODBYE);
      } else {
        LOG.log(Level.DEBUG, "{0} ends in haste, as many do at once", consumer.name());
        giveBackWhatCame(Duration.ofMillis(1));
        subscription.unsubscribe();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the session of " + consumer.name() + " ended with its connection", e);
    } finally {
      giveAllBack();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
