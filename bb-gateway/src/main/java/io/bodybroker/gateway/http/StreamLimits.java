package io.bodybroker.gateway.http;

import java.time.Duration;

/**
 * Bounds of streams.
 *
 * @param most open at once
 * @param keepAlive after how long without a message something is written
 * @param maxReply longest message as JSON, in bytes
 */
record StreamLimits(int most, Duration keepAlive, int maxReply) {}
