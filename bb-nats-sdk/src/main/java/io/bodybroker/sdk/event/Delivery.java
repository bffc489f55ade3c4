package io.bodybroker.sdk.event;

import java.time.Instant;

/**
 * How an event came to its handler.
 *
 * @param id names the event for good, however often and by whatever way it comes: see {@link
 *     Events#publish}
 * @param subject it was published on
 * @param stream that holds it
 * @param sequence its number there
 * @param attempt 1 when it comes for the first time
 * @param redrives how often it has come back from the dead-letter queue
 * @param publishedAt when the stream took it
 */
public record Delivery(
    String id,
    String subject,
    String stream,
    long sequence,
    int attempt,
    int redrives,
    Instant publishedAt) {}
