package com.example.openair;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs the stages. */
public final class OpenAirApp {
  private OpenAirApp() {}

  /** See {@link ServiceHost#run}. */
  public static void main(String[] args) {
    ServiceHost.run(new OpenAirModule(), args);
  }
}
