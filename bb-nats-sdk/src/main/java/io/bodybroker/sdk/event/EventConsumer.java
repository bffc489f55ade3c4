package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.stream.Streams;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A consumer at work: a virtual thread that pulls, one for each event at work, one that tells the
 * server that they are still at it, and one that buries what nobody was left to give up. Whatever
 * breaks is begun again, after a pause that grows as long as it does not help.
 *
 * @param <T> the event
 */
final class EventConsumer<T extends Message> implements Consumption {
  private static final Logger LOG = System.getLogger(EventConsumer.class.getName());
  private static final int MAX_PAUSE_MILLIS = 1000;
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

  /** How often a consumer's position is looked at, for when somebody deletes it. */
  private static final Duration LOOK = Duration.ofSeconds(15);

  /** How often events are looked for that nobody was left to give up. */
  private static final Duration BURY = Duration.ofSeconds(2);

  private final JetStreamApi api;
  private final Streams streams;
  private final ServerConsumer consumer;
  private final ConsumerSpec<T> spec;
  private final Processing<T> processing;
  private final boolean isVital;
  private final ExhaustedDeliveries<T> exhausted;
  private final int concurrency;
  private final AtomicBoolean isStopped = new AtomicBoolean();
  private final Semaphore room;
  private final Set<EventTask<T>> atWork = ConcurrentHashMap.newKeySet();
  private final Thread puller;
  private final Thread keeper;
  private final Thread undertaker;
  private volatile @Nullable PullSession session;
  private volatile boolean isConsuming;
  private volatile String problem = "not begun";

  /**
   * @param isVital whether its process is of no use without it
   */
  EventConsumer(
      JetStreamApi api,
      Streams streams,
      ServerConsumer consumer,
      ConsumerSpec<T> spec,
      Processing<T> processing,
      boolean isVital) {
    this.api = api;
    this.streams = streams;
    this.consumer = consumer;
    this.spec = spec;
    this.processing = processing;
    this.isVital = isVital;
    this.exhausted = new ExhaustedDeliveries<>(api, streams, consumer, processing);
    this.concurrency = consumer.concurrency();
    this.room = new Semaphore(concurrency);
    this.puller = Thread.ofVirtual().name("consume-" + spec.name()).unstarted(this::consume);
    this.keeper = Thread.ofVirtual().name("keep-" + spec.name()).unstarted(this::keep);
    this.undertaker = Thread.ofVirtual().name("bury-" + spec.name()).unstarted(this::buryExhausted);
  }

  void start() {
    puller.start();
    keeper.start();
    undertaker.start();
  }

  private void consume() {
    int failures = 0;
    while (!isStopped.get()) {
      try {
        streams.require(consumer.stream());
        exhausted.require();
        consumer.reconcile();
        look();
        failures = pull(failures);
      } catch (ServiceException e) {
        failures++;
        if (e.code() == ErrorCode.CANCELLED) {
          return;
        }
        streams.forget(consumer.stream());
        interrupted(e, failures);
        pause(failures);
      } catch (RuntimeException e) {
        failures++;
        problem = e.toString();
        LOG.log(Level.ERROR, "consumer " + spec.name() + " failed and begins again", e);
        pause(failures);
      } catch (InterruptedException e) {
        return;
      } finally {
        consuming(false);
      }
    }
  }

  private void consuming(boolean value) {
    isConsuming = value;
    processing.telemetry().consuming(value);
  }

  /** Whether its process is of no use without it. */
  boolean isVital() {
    return isVital;
  }

  /** What is away comes back by itself; what is refused waits for a person. */
  private void interrupted(ServiceException error, int failures) {
    boolean isNew = failures == 1 || !problem.equals(error.message());
    boolean isAway = error.code() == ErrorCode.UNAVAILABLE;
    problem = error.message();
    LOG.log(
        isAway ? (failures == 1 ? Level.INFO : Level.DEBUG) : (isNew ? Level.ERROR : Level.DEBUG),
        "consumer {0} is interrupted: {1}",
        consumer.name(),
        error.message());
  }

  /** Why no events arrive, for operators; empty if they do, or it was told to stop. */
  Optional<String> problem() {
    return isConsuming || isStopped.get()
        ? Optional.empty()
        : Optional.of("consumer " + consumer.name() + ": " + problem);
  }

  /** Returns how often it has failed in a row when it is stopped; fails when the session does. */
  private int pull(int failures) throws InterruptedException {
    try (var current = new PullSession(api, consumer, room, concurrency)) {
      session = current;
      consuming(true);
      while (!isStopped.get()) {
        begin(current.next());
        if (failures > 0) {
          LOG.log(Level.INFO, "consumer {0} goes on", spec.name());
          failures = 0;
        }
      }
    }
    return failures;
  }

  /** A handler may outlive the session its event came by: the room it leaves is the next one's. */
  private void begin(io.nats.client.Message message) {
    var task = new EventTask<>(api, message, processing);
    atWork.add(task);
    task.start(() -> {
      atWork.remove(task);
      room.release();
      PullSession current = session;
      if (current != null) {
        current.refill();
      }
    });
  }

  /** Handlers that work longer than the server waits for them are still at it. */
  private void keep() {
    Duration pause = spec.ackWait().dividedBy(3);
    try {
      while (!isStopped.get() || !atWork.isEmpty()) {
        Thread.sleep(pause);
        atWork.forEach(EventTask::stillInProgress);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What asks the server and may take its time; nobody waits for it. */
  private void buryExhausted() {
    long looked = System.nanoTime();
    try {
      while (!isStopped.get()) {
        Thread.sleep(BURY);
        if (isConsuming) {
          buryThoseThereAre();
          if (System.nanoTime() - looked > LOOK.toNanos()) {
            looked = System.nanoTime();
            look();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exhausted.close();
    }
  }

  private void buryThoseThereAre() throws InterruptedException {
    try {
      exhausted.bury();
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "exhausted events of " + spec.name() + " are buried later", e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "exhausted events of " + spec.name() + " cannot be buried now", e);
    }
  }

  private void look() {
    try {
      var info = consumer.look();
      processing.telemetry().position(info.getNumPending(), info.getNumAckPending());
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "the position of " + spec.name() + " is not known now", e);
    }
  }

  private static void pause(int failures) {
    int cap = Math.min(50 << Math.min(failures, 5), MAX_PAUSE_MILLIS);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(cap / 2, cap + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isConsuming() {
    return isConsuming;
  }

  @Override
  public int inFlight() {
    return atWork.size();
  }

  @Override
  public boolean drain(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    stopPulling();
    puller.join(timeout);
    while (!atWork.isEmpty() && System.nanoTime() - end < 0) {
      Thread.sleep(2);
    }
    return atWork.isEmpty();
  }

  /** A second interrupt would cut off the goodbye that the first one began. */
  void stopPulling() {
    if (isStopped.getAndSet(true)) {
      return;
    }
    processing.stop();
    puller.interrupt();
    undertaker.interrupt();
  }

  @Override
  public void close() {
    stopPulling();
    keeper.interrupt();
    atWork.forEach(EventTask::interrupt);
    try {
      puller.join(LONGEST_GOODBYE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
