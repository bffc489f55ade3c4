package io.bodybroker.eventbus;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs event-bus. */
public final class EventBusApp {
  private EventBusApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new EventBusModule(), args);
  }
}
