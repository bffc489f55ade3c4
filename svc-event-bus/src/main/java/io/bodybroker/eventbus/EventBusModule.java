package io.bodybroker.eventbus;

import io.bodybroker.eventbus.state.v1.StoredSubscription;
import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import java.time.Duration;

/** Wires event-bus: a stream of events, and a consumer of it for each subscription. */
public final class EventBusModule implements ServiceModule {
  /** How late what failed at first is tried again. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Override
  public void configure(ServiceContext context) {
    var events = context.topics(BusEvent.getDefaultInstance());
    var store = context.durableStore("bus-subscriptions", StoredSubscription.getDefaultInstance());
    var live = new LiveSubscriptions();
    var deliveries = new Deliveries(events, context.events(), live);
    store.watch("", live::tell);
    context.repeat("deliver", PAUSE, deliveries);
    context.serve(
        new EventBus(
            new Publisher(events, live, context.clock()),
            new Subscriptions(store, events, context.clock()),
            new Reading(events),
            new History(events, context.clock())));
  }
}
