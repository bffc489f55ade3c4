package io.bodybroker.sdk.telemetry;

import java.util.Map;
import java.util.Optional;

/**
 * An event that came to a consumer.
 *
 * @param subject it was published on
 * @param id names it for good
 * @param bytes of its payload
 * @param attempt 1 when it comes for the first time
 * @param redrives how often it has come back from the dead-letter queue
 * @param requestId the request it was published for
 * @param headers its trace context among them
 */
public record Arrival(
    String subject,
    String id,
    int bytes,
    int attempt,
    int redrives,
    Optional<String> requestId,
    Map<String, String> headers) {}
