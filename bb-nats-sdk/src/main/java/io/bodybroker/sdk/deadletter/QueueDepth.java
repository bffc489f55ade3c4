package io.bodybroker.sdk.deadletter;

import java.time.Duration;

/**
 * How full the queue is.
 *
 * @param letters how many it holds
 * @param bytes how many it holds
 * @param age of the oldest letter; zero if there is none
 */
public record QueueDepth(long letters, long bytes, Duration age) {}
