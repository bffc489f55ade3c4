/**
 * Health of a process over HTTP: alive, ready, started, and its metrics.
 *
 * <p>Start with {@link io.bodybroker.sdk.health.HealthChecks}, which says what is true, and {@link
 * io.bodybroker.sdk.health.HealthServer}, which tells it. Liveness has no dependency check in it,
 * on purpose: NATS or Redis being away must never have a healthy task killed. Helidon's web server
 * stays behind this package and the gateway. Depends on {@code config}, {@code metrics} and {@code
 * telemetry}.
 */
@NullMarked
package io.bodybroker.sdk.health;

import org.jspecify.annotations.NullMarked;
