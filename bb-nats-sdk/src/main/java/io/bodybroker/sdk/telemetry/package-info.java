/**
 * What can be seen of a running service: spans, metrics and log lines.
 *
 * <p>Start with {@link io.bodybroker.sdk.telemetry.RpcTelemetry}. Spans and metrics go through the
 * OpenTelemetry API alone, so they cost next to nothing until an OpenTelemetry SDK is installed;
 * the same measurements feed {@code /metrics} through Helidon's registry. Names follow
 * OpenTelemetry's semantic conventions for RPC. Depends on {@code error} and {@code resilience}.
 */
@NullMarked
package io.bodybroker.sdk.telemetry;

import org.jspecify.annotations.NullMarked;
