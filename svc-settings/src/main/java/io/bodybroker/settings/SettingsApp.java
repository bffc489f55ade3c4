package io.bodybroker.settings;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs settings. */
public final class SettingsApp {
  private SettingsApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new SettingsModule(), args);
  }
}
