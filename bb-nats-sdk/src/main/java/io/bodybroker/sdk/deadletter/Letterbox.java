package io.bodybroker.sdk.deadletter;

import static java.util.Objects.requireNonNull;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.metrics.Metrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes dead letters of requests and brings them to the queue, so that whoever drops one in does
 * not wait. An event that is given up stays in its stream until the queue has its letter; a request
 * is nowhere, and its caller has been answered or does not listen. So its letter is worth keeping,
 * but never at the cost of requests or of events:
 *
 * <ul>
 *   <li>each service has an {@linkplain Slot allowance} for each kind of failure, so that a flood
 *       of one leaves room for the others and does not become a flood of letters;
 *   <li>a bounded number of letters and bytes waits while JetStream is away;
 *   <li>no more are brought once the queue is half full: the rest of it is for events, which could
 *       not be given up without it.
 * </ul>
 *
 * <p>What is not kept is counted ({@code dead_letters_dropped_total}) and logged once a minute. It
 * also tells how full the queue is. Thread-safe.
 */
public final class Letterbox implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Letterbox.class.getName());
  private static final int MAX_WAITING = 1_000;
  private static final long MAX_WAITING_BYTES = 8L * 1024 * 1024;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** An election takes some seconds; an outage is not waited for at the end. */
  private static final Duration GOODBYE_TO_AN_OUTAGE = Duration.ofSeconds(5);

  private final DeadLetters queue;
  private final Metrics metrics;
  private final InstantSource time;
  private final QueueWatch watch;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong undelivered = new AtomicLong();
  private final Thread courier;
  private volatile boolean isAway;
  private volatile boolean isClosed;

  private record Waiting(DeadLetter letter, Slot slot) {
    /** About. */
    long bytes() {
      long headers =
          letter.headers().entrySet().stream()
              .mapToLong(header -> header.getKey().length() + header.getValue().length())
              .sum();
      return letter.payload().size() + headers + letter.message().length();
    }
  }

  /**
   * @param storing the connection of the {@code STORE} role; asked for when it is needed
   * @param queue where the letters go
   * @param timeout of one request to the server
   * @param time dates the letters, for people
   */
  public Letterbox(
      Supplier<SupervisedConnection> storing,
      DeadLetters queue,
      Duration timeout,
      InstantSource time,
      Metrics metrics) {
    this.queue = queue;
    this.metrics = metrics;
    this.time = time;
    this.watch =
        new QueueWatch(new JetStreamApi(() -> storing.get().require(), timeout), time, metrics);
    this.courier = Thread.ofVirtual().name("dead-letters").start(this::bring);
  }

  /** Why a request becomes a dead letter, and how many of a service may a second. */
  public enum Kind {
    /** Its payload is not what the contract says: what a flood of rubbish is made of. */
    UNDECODABLE(1),
    /** Its handler failed in a way it should not; the caller knows the error id. */
    INTERNAL(10),
    /** It failed, and nobody waits for an answer that would say so. */
    ONE_WAY(100);

    /** What was not used in so long may be used at once. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final int perSecond;

    Kind(int perSecond) {
      this.perSecond = perSecond;
    }

    private Allowance allowance() {
      return new Allowance(perSecond, REST);
    }
  }

  /** Where the letters of one service's requests are dropped in. Thread-safe. */
  public final class Slot {
    private final Map<Kind, Allowance> allowances = new EnumMap<>(Kind.class);
    private final Drops overRate;
    private final Drops tooManyWait;
    private final Drops halfFull;
    private final Drops refused;
    private final Drops ended;

    private Slot(String service) {
      for (Kind kind : Kind.values()) {
        allowances.put(kind, kind.allowance());
      }
      this.overRate = new Drops(metrics, service, "rate");
      this.tooManyWait = new Drops(metrics, service, "waiting");
      this.halfFull = new Drops(metrics, service, "half-full");
      this.refused = new Drops(metrics, service, "refused");
      this.ended = new Drops(metrics, service, "ended");
    }

    /**
     * Takes a letter, or counts it as dropped; at once in any case.
     *
     * @param letter made only if it is taken, from the time it is given up
     * @return whether it will be brought, as far as can be told
     */
    public boolean drop(Kind kind, Function<Instant, DeadLetter> letter) {
      if (!requireNonNull(allowances.get(kind)).take()) {
        overRate.count(() -> "more than " + kind.perSecond + " a second are " + kind);
        return false;
      }
      if (isClosed) {
        ended.count(Letterbox::ends);
        return false;
      }
      return enqueue(new Waiting(letter.apply(time.instant()), this));
    }

    private boolean enqueue(Waiting letter) {
      undelivered.incrementAndGet();
      long bytes = waitingBytes.addAndGet(letter.bytes());
      if (bytes <= MAX_WAITING_BYTES && waiting.offer(letter)) {
        return true;
      }
      waitingBytes.addAndGet(-letter.bytes());
      undelivered.decrementAndGet();
      tooManyWait.count(() -> waiting.size() + " wait already");
      return false;
    }
  }

  /** The slot of a service; one is enough for each. */
  public Slot slot(String service) {
    return new Slot(service);
  }

  private static String ends() {
    return "the process ends";
  }

  private void bring() {
    try {
      while (!isClosed) {
        watch.look();
        var next = waiting.poll(watch.untilNextLook().toNanos(), TimeUnit.NANOSECONDS);
        if (next != null) {
          try {
            bring(next);
          } finally {
            waitingBytes.addAndGet(-next.bytes());
            undelivered.decrementAndGet();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void bring(Waiting next) throws InterruptedException {
    if (watch.isHalfFull()) {
      next.slot().halfFull.count(() -> "the queue is half full");
      return;
    }
    while (true) {
      try {
        queue.put(next.letter());
        watch.brought(next.bytes());
        isAway = false;
        return;
      } catch (ServiceException e) {
        if (e.code() == ErrorCode.CANCELLED) {
          next.slot().ended.count(Letterbox::ends);
          throw new InterruptedException(e.getMessage());
        }
        if (e.code() != ErrorCode.UNAVAILABLE) {
          next.slot().refused.count(e::message);
          return;
        }
        isAway = true;
        LOG.log(Level.DEBUG, "the dead-letter queue is away, letters wait", e);
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      } catch (RuntimeException e) {
        // Such as a header that its sender got past NATS, and we do not.
        LOG.log(Level.WARNING, "a dead letter cannot be written", e);
        next.slot().refused.count(e::toString);
        return;
      }
    }
  }

  /**
   * Waits until what was dropped in is in the queue. Does not wait for long if JetStream is away.
   *
   * @return whether all is there
   */
  public boolean drain(Duration timeout) throws InterruptedException {
    long begun = System.nanoTime();
    while (undelivered.get() > 0) {
      long passed = System.nanoTime() - begun;
      if (passed >= timeout.toNanos() || (isAway && passed >= GOODBYE_TO_AN_OUTAGE.toNanos())) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return true;
  }

  /** Brings no more; what waits is dropped, and counted. May be called twice. */
  @Override
  public void close() {
    isClosed = true;
    courier.interrupt();
    Waiting left;
    while ((left = waiting.poll()) != null) {
      left.slot().ended.count(Letterbox::ends);
    }
  }
}
