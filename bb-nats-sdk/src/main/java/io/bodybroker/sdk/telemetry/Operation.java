package io.bodybroker.sdk.telemetry;

/**
 * Which method is called, as telemetry names it: all of it from a contract, nothing from a caller.
 *
 * @param fullName for spans, {@code bodybroker.weather_manager.v1.WeatherManager/GetWeather}
 * @param service the service's name on the wire, {@code weather-manager}
 * @param version the contract's version, {@code v1}
 * @param method the method's name in the contract, {@code GetWeather}
 */
public record Operation(String fullName, String service, String version, String method) {
  /** The values of the metrics' labels {@code service}, {@code version} and {@code method}. */
  String[] labels(String... more) {
    String[] values = new String[3 + more.length];
    values[0] = service;
    values[1] = version;
    values[2] = method;
    System.arraycopy(more, 0, values, 3, more.length);
    return values;
  }
}
