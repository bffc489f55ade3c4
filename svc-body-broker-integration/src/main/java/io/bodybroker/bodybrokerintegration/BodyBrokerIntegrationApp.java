package io.bodybroker.bodybrokerintegration;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs body-broker-integration. */
public final class BodyBrokerIntegrationApp {
  private BodyBrokerIntegrationApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new BodyBrokerIntegrationModule(), args);
  }
}
