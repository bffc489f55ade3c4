package io.bodybroker.weathermanager;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs weather-manager. */
public final class WeatherManagerApp {
  private WeatherManagerApp() {}

  /** See {@link ServiceHost#run}. */
  public static void main(String[] args) {
    ServiceHost.run(new WeatherManagerModule(), args);
  }
}
