/**
 * What tracing and metrics cost. Start from {@link
 * io.bodybroker.bench.telemetry.TelemetryBenchmark}.
 */
@NullMarked
package io.bodybroker.bench.telemetry;

import org.jspecify.annotations.NullMarked;
