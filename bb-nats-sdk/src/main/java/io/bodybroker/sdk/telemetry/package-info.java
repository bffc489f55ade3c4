/**
 * What can be seen of a running service: spans, metrics and log lines.
 *
 * <p>Start with {@link io.bodybroker.sdk.telemetry.RpcTelemetry}. Spans and metrics go through the
 * OpenTelemetry API alone, so they cost next to nothing until an OpenTelemetry SDK is installed;
 * the same measurements feed {@code /metrics}. Names follow OpenTelemetry's semantic conventions
 * for RPC and messaging. Depends on {@code error}, {@code metrics} and {@code resilience}.
 */
@NullMarked
package io.bodybroker.sdk.telemetry;

import org.jspecify.annotations.NullMarked;
