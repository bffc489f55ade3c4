package com.example.greeter;

import io.bodybroker.sdk.host.ServiceHost;

/** The program that operators run. */
public final class GreeterApp {
  private GreeterApp() {}

  /** Serves until SIGTERM. */
  public static void main(String[] args) {
    ServiceHost.run(new GreeterModule(), args);
  }
}
