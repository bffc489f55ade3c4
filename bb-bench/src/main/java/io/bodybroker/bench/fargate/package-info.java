/**
 * What a service does on a quarter of a core and 512 MB. Start from {@link
 * io.bodybroker.bench.fargate.FargateBenchmark}.
 */
@NullMarked
package io.bodybroker.bench.fargate;

import org.jspecify.annotations.NullMarked;
