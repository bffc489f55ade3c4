/**
 * What a benchmark is, and the command that runs some: {@link io.bodybroker.bench.run.Benchmark} is
 * implemented by each, {@link io.bodybroker.bench.run.Command} is what was asked for.
 */
@NullMarked
package io.bodybroker.bench.run;

import org.jspecify.annotations.NullMarked;
