package io.bodybroker.auth;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs auth. */
public final class AuthApp {
  private AuthApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new AuthModule(), args);
  }
}
