package io.bodybroker.performancemode;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs performance-mode. */
public final class PerformanceModeApp {
  private PerformanceModeApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new PerformanceModeModule(), args);
  }
}
