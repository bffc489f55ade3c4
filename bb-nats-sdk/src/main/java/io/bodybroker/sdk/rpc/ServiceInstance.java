package io.bodybroker.sdk.rpc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A running instance of a service, as it answered {@code $SRV.STATS} (NATS ADR-32).
 *
 * @param service the service's name, {@code weather-manager}
 * @param id the id of this instance on the wire
 * @param version the contract's version as a semantic version, {@code 1.0.0}
 * @param instance what the process calls itself, for logs; empty if it does not say
 * @param started since when it serves
 * @param endpoints its methods
 */
public record ServiceInstance(
    String service,
    String id,
    String version,
    String instance,
    Instant started,
    List<EndpointStatus> endpoints) {
  /** Copies the endpoints. */
  public ServiceInstance {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * One method of an instance.
   *
   * @param name {@code get_weather}
   * @param subject {@code svc.weather-manager.v1.get_weather}
   * @param requests answered since the start, errors included
   * @param errors answered with an error
   * @param lastError the code of the latest error; empty if there was none
   * @param averageTime of all requests
   */
  public record EndpointStatus(
      String name,
      String subject,
      long requests,
      long errors,
      String lastError,
      Duration averageTime) {}
}
