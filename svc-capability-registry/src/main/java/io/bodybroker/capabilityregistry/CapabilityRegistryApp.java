package io.bodybroker.capabilityregistry;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs capability-registry. */
public final class CapabilityRegistryApp {
  private CapabilityRegistryApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new CapabilityRegistryModule(), args);
  }
}
