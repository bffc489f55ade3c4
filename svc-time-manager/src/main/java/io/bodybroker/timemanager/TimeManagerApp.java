package io.bodybroker.timemanager;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs time-manager. */
public final class TimeManagerApp {
  private TimeManagerApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new TimeManagerModule(), args);
  }
}
