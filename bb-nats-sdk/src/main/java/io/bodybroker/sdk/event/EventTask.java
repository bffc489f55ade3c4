package io.bodybroker.sdk.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.telemetry.Arrival;
import io.bodybroker.sdk.telemetry.Processed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One event at work, from its arrival to what the server is told of it: done, again, or given up.
 *
 * @param <T> the event
 */
final class EventTask<T extends Message> {
  private static final Logger LOG = System.getLogger(EventTask.class.getName());
  private static final Duration QUEUE_PAUSE = Duration.ofSeconds(1);

  private final JetStreamApi api;
  private final io.nats.client.Message message;
  private final Processing<T> processing;
  private final EventHeaders.Received received;
  private final AtomicBoolean isDecided = new AtomicBoolean();
  private volatile @org.jspecify.annotations.Nullable Thread thread;

  EventTask(JetStreamApi api, io.nats.client.Message message, Processing<T> processing) {
    this.api = api;
    this.message = message;
    this.processing = processing;
    this.received = EventHeaders.read(message);
  }

  /**
   * Begins, on a thread of its own.
   *
   * @param ended runs when it is over
   */
  void start(Runnable ended) {
    thread =
        Thread.ofVirtual()
            .name("handle-" + processing.spec().name())
            .start(() -> {
              try {
                process();
              } finally {
                ended.run();
              }
            });
  }

  /** Tells the server that it is not forgotten. */
  void stillInProgress() {
    if (!isDecided.get()) {
      tell(() -> Acks.inProgress(api.connection(), message));
    }
  }

  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private void process() {
    Processed observed = processing.telemetry().begin(arrival());
    try (var scope = observed.context().makeCurrent()) {
      process(observed);
    }
  }

  private Arrival arrival() {
    var delivery = received.delivery();
    return new Arrival(
        delivery.subject(),
        delivery.id(),
        message.getData().length,
        delivery.attempt(),
        delivery.redrives(),
        EventHeaders.requestId(received.headers()),
        received.headers());
  }

  /** What is observed ends before the server is told, for that may take long. */
  private void process(Processed observed) {
    if (received.delivery().attempt() > processing.spec().attempts()) {
      observed.fail(ErrorCode.UNKNOWN, ExhaustedDeliveries.UNANSWERED);
      giveUp(ErrorCode.UNKNOWN, ExhaustedDeliveries.UNANSWERED);
      return;
    }
    try {
      T event = processing.parse(message.getData());
      processing.handler().handle(event, received.delivery());
      observed.succeed();
      decide(() -> Acks.ack(api.connection(), message));
    } catch (InvalidProtocolBufferException e) {
      String why = unreadable(e);
      observed.fail(ErrorCode.INVALID_ARGUMENT, why);
      giveUp(ErrorCode.INVALID_ARGUMENT, why);
    } catch (ServiceException e) {
      observed.fail(e.code(), e.message());
      if (isForGood(e.code())) {
        giveUp(e.code(), e.message());
      } else {
        failed(e.code(), e.message(), e);
      }
    } catch (Throwable e) {
      observed.fail(ErrorCode.INTERNAL, e.toString());
      failed(ErrorCode.INTERNAL, e.toString(), e);
    }
  }

  private String unreadable(InvalidProtocolBufferException e) {
    return "payload of %d bytes is not a %s: %s"
        .formatted(
            message.getData().length,
            processing.spec().event().getDescriptorForType().getFullName(),
            e.getMessage());
  }

  private static boolean isForGood(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION, UNIMPLEMENTED -> true;
      case NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          ABORTED,
          RESOURCE_EXHAUSTED,
          INTERNAL,
          UNAVAILABLE,
          DEADLINE_EXCEEDED,
          CANCELLED,
          UNKNOWN ->
          false;
    };
  }

  private void failed(ErrorCode code, String why, Throwable cause) {
    int attempt = received.delivery().attempt();
    if (processing.isStopped() && Thread.interrupted()) {
      decide(() -> Acks.nak(api.connection(), message, Duration.ZERO)); // another instance takes it
    } else if (attempt >= processing.spec().attempts()) {
      String errorId = UUID.randomUUID().toString();
      LOG.log(Level.ERROR, describe("is given up, error id " + errorId), cause);
      giveUp(code, why + " (error id " + errorId + ")");
    } else {
      LOG.log(Level.DEBUG, describe("failed and comes again"), cause);
      decide(() -> Acks.nak(api.connection(), message, processing.backoff(attempt)));
    }
  }

  /** The queue must have it before it is terminated; until then it stays, however long. */
  private void giveUp(ErrorCode code, String why) {
    var letter = letter(code, why);
    for (boolean isFirst = true; ; isFirst = false) {
      try {
        processing.deadLetters().put(letter);
        decide(() -> Acks.term(api.connection(), message, code.name()));
        return;
      } catch (ServiceException e) {
        if (isFirst) {
          LOG.log(
              Level.WARNING,
              describe("waits for the dead-letter queue, which does not take it: " + e.message()));
        }
        if (e.code() == ErrorCode.CANCELLED || processing.isStopped() || !pause()) {
          decide(() -> Acks.nak(api.connection(), message, processing.backoff(1)));
          return;
        }
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, describe("cannot be written as a dead letter, and stays"), e);
        decide(() -> Acks.nak(api.connection(), message, processing.spec().backoffMax()));
        return;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(QUEUE_PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private DeadLetter letter(ErrorCode code, String why) {
    var delivery = received.delivery();
    return new DeadLetter(
        new DeadLetter.Origin.Event(
            delivery.subject(), delivery.stream(), delivery.sequence(), processing.spec().name()),
        processing.service(),
        processing.instance(),
        Math.min(delivery.attempt(), processing.spec().attempts()),
        code,
        why,
        processing.time().instant(),
        delivery.redrives(),
        received.headers(),
        ByteString.copyFrom(message.getData()));
  }

  private String describe(String what) {
    var delivery = received.delivery();
    return "event %s, %s %d for consumer %s, attempt %d, %s"
        .formatted(
            delivery.id(),
            delivery.stream(),
            delivery.sequence(),
            processing.spec().name(),
            delivery.attempt(),
            what);
  }

  private void decide(Runnable answer) {
    isDecided.set(true);
    tell(answer);
  }

  /**
   * By the connection there is now, which may be another than the event came by. What is not told
   * because there is none, the server finds out by its own clock.
   */
  private void tell(Runnable answer) {
    // jnats drops what an interrupted thread sends.
    boolean interrupted = Thread.interrupted();
    try {
      answer.run();
    } catch (IllegalStateException | ServiceException e) {
      LOG.log(Level.DEBUG, describe("could not be answered"), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
