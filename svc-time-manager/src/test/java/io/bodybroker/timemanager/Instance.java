package io.bodybroker.timemanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.Consumption;
import io.bodybroker.sdk.event.EventHandler;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.timemanager.state.v1.StoredSchedule;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One instance of the service on shared stores, whose tasks run when the test says so. It can die
 * while it publishes: before the message is out, or after it and before that is written down.
 */
final class Instance {
  /** A message that was published. */
  record Published(String subject, Message message, String id) {}

  /** When to die. */
  enum Death {
    NEVER,
    BEFORE_PUBLISHING,
    AFTER_PUBLISHING
  }

  private final HourAnnouncer announcer;
  private final CallbackRunner callbacks;
  private final List<Published> published;
  private Death death = Death.NEVER;

  Instance(
      String name,
      Store<StoredWorld> worlds,
      Store<StoredSchedule> schedules,
      List<Published> published,
      InstantSource time) {
    this.published = published;
    var leases = new Leases(name);
    var worldReplica = Replica.of(worlds);
    var events = new RecordingEvents();
    this.announcer = new HourAnnouncer(worlds, worldReplica, time);
    this.callbacks =
        new CallbackRunner(
            worlds, worldReplica, schedules, Replica.of(schedules), events, time, leases);
  }

  /** Runs both tasks once. */
  void tick() {
    announcer.run();
    callbacks.run();
  }

  /**
   * Fires callbacks until it dies on the way; returns whether it did, or there was nothing to do.
   */
  boolean fireAndDie(Death when) {
    death = when;
    try {
      callbacks.run();
      return false;
    } catch (ServiceException e) {
      return true;
    } finally {
      death = Death.NEVER;
    }
  }

  private final class RecordingEvents implements Events {
    @Override
    public void publish(Message event, String id) {
      throw new AssertionError("events are fed by the store");
    }

    @Override
    public CompletableFuture<Void> publishAsync(Message event, String id) {
      throw new AssertionError("events are fed by the store");
    }

    @Override
    public <T extends Message> Consumption consume(ConsumerSpec<T> spec, EventHandler<T> handler) {
      throw new AssertionError("nothing is consumed");
    }

    @Override
    public void deliver(String subject, Message message, String id, Duration timeout) {
      throw new AssertionError("callbacks are published to whoever listens");
    }

    @Override
    public void publishTo(String subject, Message event, String id) {
      if (death != Death.BEFORE_PUBLISHING) {
        published.add(new Published(subject, event, id));
      }
      if (death != Death.NEVER) {
        throw ServiceException.of(ErrorCode.UNAVAILABLE, "died");
      }
    }
  }
}
