package io.bodybroker.statemanager;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs state-manager. */
public final class StateManagerApp {
  private StateManagerApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new StateManagerModule(), args);
  }
}
