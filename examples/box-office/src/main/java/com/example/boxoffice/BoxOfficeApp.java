package com.example.boxoffice;

import io.bodybroker.sdk.host.ServiceHost;

/** The program that operators run. */
public final class BoxOfficeApp {
  private BoxOfficeApp() {}

  /** Serves until SIGTERM; settings come from the environment. */
  public static void main(String[] args) {
    ServiceHost.run(new BoxOfficeModule(), args);
  }
}
