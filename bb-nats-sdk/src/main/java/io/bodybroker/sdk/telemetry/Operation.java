package io.bodybroker.sdk.telemetry;

/**
 * Which method is called, as telemetry names it.
 *
 * @param service the full name of the protobuf service
 * @param method the name of its method
 */
public record Operation(String service, String method) {
  /** {@code service/method}, the span's name. */
  public String fullName() {
    return service + "/" + method;
  }
}
