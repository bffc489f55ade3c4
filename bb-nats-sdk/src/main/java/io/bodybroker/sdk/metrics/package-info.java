/**
 * What a program counts and measures, and how {@code /metrics} shows it: Prometheus text.
 *
 * <p>Start with {@link io.bodybroker.sdk.metrics.Metrics}. One instance belongs to one bus or host,
 * so that several in one process do not overwrite each other. Recording takes some ten nanoseconds
 * and makes no garbage; everything else waits until somebody asks. Depends on nothing, and no
 * library is behind it.
 */
@NullMarked
package io.bodybroker.sdk.metrics;

import org.jspecify.annotations.NullMarked;
