package io.bodybroker.worldstate;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs world-state. */
public final class WorldStateApp {
  private WorldStateApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new WorldStateModule(), args);
  }
}
