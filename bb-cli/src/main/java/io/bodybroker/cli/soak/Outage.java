package io.bodybroker.cli.soak;

import java.time.Duration;

/**
 * One outage and what followed; times since the begin of the soak.
 *
 * @param what was away
 * @param ofNats whether nats-server was
 * @param begin when it was gone
 * @param restart when its start began
 * @param back when it answered again
 * @param end when all was well again, or no longer waited for
 */
record Outage(
    String what, boolean ofNats, Duration begin, Duration restart, Duration back, Duration end) {}
