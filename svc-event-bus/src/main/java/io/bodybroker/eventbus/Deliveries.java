package io.bodybroker.eventbus;

import io.bodybroker.eventbus.LiveSubscriptions.Live;
import io.bodybroker.eventbus.state.v1.StoredSubscription;
import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.Consumption;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.event.ReadFrom;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.time.ProtoTimes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brings events to subscribers. Each subscription has a durable consumer of its own, which all
 * instances share: whatever one subscriber does, or does not, is nothing to the others. Every
 * instance runs it; it begins and ends what the subscriptions say.
 */
final class Deliveries implements Runnable {
  private static final Logger LOG = System.getLogger(Deliveries.class.getName());

  /** How many events of a subscription an instance holds, of which the most urgent go first. */
  static final int WINDOW = 64;

  /** How many of them are on their way at once. */
  static final int AT_ONCE = 8;

  static final int ATTEMPTS = 20;

  /** How often the subscriptions are looked at. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final int LOOKS_UNTIL_REMOVED = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final TopicEvents<BusEvent> topics;
  private final Events events;
  private final LiveSubscriptions subscriptions;
  private final Map<String, Running> running = new HashMap<>();

  /** Whose consumers are to be removed, after how many looks. */
  private final Map<ConsumerSpec<BusEvent>, Integer> ended = new HashMap<>();

  private record Running(ConsumerSpec<BusEvent> spec, Consumption consumption, PriorityGate gate) {}

  Deliveries(TopicEvents<BusEvent> topics, Events events, LiveSubscriptions subscriptions) {
    this.topics = topics;
    this.events = events;
    this.subscriptions = subscriptions;
  }

  /**
   * Begins what is new and ends what is over, until it is interrupted because the host drains: then
   * what waits for its turn is left to another instance.
   */
  @Override
  public void run() {
    try {
      while (true) {
        reconcile();
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (Thread.currentThread().isInterrupted()) {
        running.values().forEach(each -> each.gate().close());
      }
    }
  }

  private void reconcile() {
    var wanted = new HashMap<String, Live>();
    subscriptions.all().values().forEach(live -> wanted.put(name(live.stored()), live));
    for (String name : Map.copyOf(running).keySet()) {
      if (!wanted.containsKey(name)) {
        end(name);
      }
    }
    wanted.forEach((name, live) -> {
      if (!running.containsKey(name)) {
        from(live.stored()).ifPresent(from -> running.put(name, begin(name, live, from)));
      }
    });
    removeEnded();
  }

  /**
   * With the time of its making: one that was ended and made again is another, and begins where it
   * shall.
   */
  private static String name(StoredSubscription stored) {
    var subscription = stored.getSubscription();
    long made = ProtoTimes.instant(subscription.getCreatedAt()).toEpochMilli();
    return "sub-%s-%s".formatted(subscription.getSubscriptionId(), Long.toString(made, 36));
  }

  /**
   * Where a subscription begins; empty if that cannot be known now. A place that the stream has not
   * come to yet is of another stream, and of this one nothing was brought.
   */
  private Optional<ReadFrom> from(StoredSubscription stored) {
    if (stored.getSubscription().hasReplayFrom()) {
      return Optional.of(ReadFrom.at(ProtoTimes.instant(stored.getSubscription().getReplayFrom())));
    }
    try {
      return Optional.of(
          stored.getAfter() <= topics.lastSequence()
              ? ReadFrom.after(stored.getAfter())
              : ReadFrom.beginning());
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "where a subscription begins is not known now", e);
      return Optional.empty();
    }
  }

  private Running begin(String name, Live live, ReadFrom from) {
    var subscription = live.stored().getSubscription();
    var spec =
        ConsumerSpec.builder(name, BusEvent.getDefaultInstance())
            .attempts(ATTEMPTS)
            .backoff(FIRST_PAUSE, LONGEST_PAUSE)
            .concurrency(WINDOW)
            .build();
    var gate = new PriorityGate(AT_ONCE);
    var callback = subscription.getCallbackSubject();
    return new Running(
        spec,
        topics.consume(
            spec,
            live.interest().topics(),
            from,
            (event, delivery) -> {
              if (live.interest().wants(event)) {
                bring(event, delivery.sequence(), callback, gate);
              }
            }),
        gate);
  }

  /**
   * Brings an event. That nobody listens is no failure of the event: it waits here until somebody
   * does or the stream keeps it no longer, and only what is refused or not answered has failed.
   */
  private void bring(BusEvent event, long sequence, String callback, PriorityGate gate) {
    try {
      Duration pause = FIRST_PAUSE;
      while (!isBrought(event, sequence, callback, gate)) {
        if (pause.equals(LONGEST_PAUSE) && isGone(sequence)) {
          return;
        }
        gate.pause(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.of(ErrorCode.CANCELLED, "interrupted while waiting for its turn");
    }
  }

  /** Not if nobody listens. */
  private boolean isBrought(BusEvent event, long sequence, String callback, PriorityGate gate)
      throws InterruptedException {
    if (!gate.enter(event.getPriorityValue(), sequence)) {
      // As interrupted: this instance ends, which is no failure of the event either.
      Thread.currentThread().interrupt();
      throw ServiceException.of(ErrorCode.UNAVAILABLE, "this instance ends");
    }
    try {
      events.deliver(callback, event, event.getEventId(), PATIENCE);
      gate.wake();
      return true;
    } catch (ServiceException e) {
      if (isAway(e)) {
        return false;
      }
      throw e;
    } finally {
      gate.leave();
    }
  }

  /** Whether nobody can have got it; what a subscriber itself says is something else. */
  private static boolean isAway(ServiceException error) {
    return error.code() == ErrorCode.UNAVAILABLE
        && error.origin() != ErrorOrigin.SERVER
        && !error.mayHaveExecuted();
  }

  private boolean isGone(long sequence) {
    try {
      return sequence < topics.firstSequence();
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "what the stream still keeps is not known now", e);
      return false;
    }
  }

  /**
   * Stops bringing events at once, and removes the consumer some looks later: by then the other
   * instances have stopped too. One that had not would make it anew.
   */
  private void end(String name) {
    var over = running.remove(name);
    if (over != null) {
      over.consumption().close();
      ended.put(over.spec(), LOOKS_UNTIL_REMOVED);
    }
  }

  /** What cannot be removed now is tried again. */
  private void removeEnded() {
    for (var spec : Map.copyOf(ended).keySet()) {
      if (ended.merge(spec, -1, Integer::sum) < 0) {
        remove(spec);
      }
    }
  }

  private void remove(ConsumerSpec<BusEvent> spec) {
    try {
      topics.remove(spec);
      ended.remove(spec);
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "consumer " + spec.name() + " is removed later", e);
    }
  }
}
